"""Sentences for readers, in the language of the page that runs the code.

The texts come with each run. The English ones are in the code, as the first argument after the key.
"""

from collections.abc import Mapping

__all__ = ["say", "speak"]

_texts: dict[str, str] = {}
"""By their keys; empty in English."""


def speak(texts: Mapping[str, str]) -> None:
    """Use the texts of a page."""
    _texts.clear()
    _texts.update(texts)


def say(key: str, english: str, /, **values: object) -> str:
    """The text with that key, with values in the places of its placeholders."""
    return _texts.get(key, english).format_map(values)
