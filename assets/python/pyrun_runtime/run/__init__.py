"""Runs one example at a time: sessions, Stop, the event loop."""
