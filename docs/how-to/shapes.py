"""Shapes of characters, for the playground of the guide."""


def rectangle(width: int, height: int) -> str:
    """Lines of the character ``#``."""
    return "\n".join("#" * width for _ in range(height))
