"""What a sample, a trial and a table of units say."""
