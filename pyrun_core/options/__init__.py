"""The options of authors: each is declared once, with the way its value is read."""
