"""What the page Effects shows."""
