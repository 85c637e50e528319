"""Builds the documentation of real projects, plain and live, by configuration alone."""
