"""What the page Adjust shows."""
