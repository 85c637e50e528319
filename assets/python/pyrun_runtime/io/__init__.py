"""Standard streams, prompts, and the files that page and code exchange."""
