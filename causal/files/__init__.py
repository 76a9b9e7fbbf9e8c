"""Model files: read with one error for each broken rule, written so that they read back, and found by their ids."""
