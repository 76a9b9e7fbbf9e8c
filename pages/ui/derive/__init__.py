"""What the page Derive shows."""
