"""The comparison of what examples have shown with what their author documented."""
