"""What the page Pictures shows."""
