"""What was settled for a whole site, in one file that its pages read when a reader shows interest."""
