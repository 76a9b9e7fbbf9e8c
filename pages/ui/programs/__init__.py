"""What the page Programs shows."""
