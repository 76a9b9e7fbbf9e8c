"""What the page Questions shows."""
