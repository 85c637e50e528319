"""The configuration of a site, from the file of its generator or from ``pyrun.toml``."""
