"""What the page Star shows."""
