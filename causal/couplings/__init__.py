"""What an unstated coupling leaves open: every value that some way of linking one unit's responses allows."""
