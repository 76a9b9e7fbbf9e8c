"""What the page Graphs shows."""
