"""Running one example at a time: sessions, Stop, the event loop, waiting for the reader."""
