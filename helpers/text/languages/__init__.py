"""Languages beside English and Chinese: a table each, `xx.py`, with `STRINGS = {"table.name": sentence}`."""
