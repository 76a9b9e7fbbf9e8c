"""The command line: one command a row, one JSON line an answer."""
