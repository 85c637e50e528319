"""The audit of accessibility: live examples in every state, on every theme, in two browsers, as a report."""
