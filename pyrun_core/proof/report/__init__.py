"""The reports of a check. Everything here turns verdicts into text, and runs nothing."""
