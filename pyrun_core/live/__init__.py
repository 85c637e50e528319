"""Existing blocks of a documentation: which of them go live, and the code and the outputs in them."""
