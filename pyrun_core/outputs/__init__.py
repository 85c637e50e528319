"""The outputs of examples that pages show before the first run."""
