"""What somebody's written answer says: a number, limits, yes or no, or that it cannot be known."""
