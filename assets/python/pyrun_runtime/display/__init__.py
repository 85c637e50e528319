"""Figures, tables and pictures, by the conventions of notebooks."""
