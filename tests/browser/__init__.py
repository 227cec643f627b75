"""Tests that open the notebooks in a real JupyterLab and a real Chromium, with no way out to the network."""
