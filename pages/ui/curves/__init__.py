"""What the page Curves shows."""
