"""What a visitor chooses with: controls that live in the link."""
