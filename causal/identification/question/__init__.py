"""What identify is asked: a whole question taken apart into points that the algorithms decide."""
