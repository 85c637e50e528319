"""Requests to the web: adapts Python's own HTTP client and popular libraries to the browser."""
