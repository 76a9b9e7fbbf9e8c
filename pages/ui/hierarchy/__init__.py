"""What the page Hierarchy shows."""
