"""What pages require: package entries and imports, turned into requirements."""
