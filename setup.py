"""The folder helpers/ is published as the package seeing_attention; pyproject.toml says the rest."""

from setuptools import find_packages, setup

setup(packages=["seeing_attention", *(f"seeing_attention.{name}" for name in find_packages("helpers"))])
