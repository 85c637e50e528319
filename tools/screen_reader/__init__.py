"""What a screen reader says: a walk with Orca through live examples, written down as a transcript."""
