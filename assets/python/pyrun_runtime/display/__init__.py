"""What code shows besides text, by the conventions of notebooks: figures, tables, pictures."""
