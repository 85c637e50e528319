"""The texts for readers that a build writes into pages, in the language of each page."""

import json
from functools import cache

from pyrun_core.browser_files import bundled_files

__all__ = ["early_words", "reader_text"]


@cache
def early_words(language: str) -> str:
    """JSON: the words that a page shows before it loads its language, by their keys. Empty for English."""
    if not language:
        return ""
    texts = _texts(language)
    words = {key: texts[key] for key in bundled_files().early_words if key in texts}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def reader_text(key: str, english: str, language: str) -> str:
    """A text without placeholders."""
    text = _texts(language).get(key, english) if language else english
    return str(text)


@cache
def _texts(language: str) -> dict[str, object]:
    return bundled_files().texts(language)
