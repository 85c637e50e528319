"""What pages ask for: package entries and imports, read into requirements."""
