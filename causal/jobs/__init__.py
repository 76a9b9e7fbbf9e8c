"""Long work in a process of its own, kept on disk by its content."""
