"""What an author can set: each option declared once, and how its value is read. Imports no other room."""
