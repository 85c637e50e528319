"""The languages in which pyrun speaks to readers, and which of them a page gets."""

import re

from pyrun_core.options.choices import LANGUAGES
from pyrun_core.options.values import Kind
from pyrun_core.problems import shorten

__all__ = ["LANGUAGE", "spoken_language"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_@][A-Za-z0-9]+)*")

_FORMER = {"iw": "he"}
"""Codes that other ones have replaced."""

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""What says, in the tag of a Chinese text, that it is in traditional characters."""


def spoken_language(tag: str) -> str:
    """The language for a page whose language is ``tag``, such as ``de-AT`` or ``zh_TW``. Empty for English.

    A region gets its language. A language without a translation gets English.
    """
    language, *parts = re.split("[-_@.]", tag.strip().lower())
    language = _FORMER.get(language, language)
    if language == "zh":
        return "zh-TW" if _TRADITIONAL.intersection(parts) and "hans" not in parts else "zh-CN"
    if language == "pt":
        return "pt-BR"
    return language if language in LANGUAGES and language != "en" else ""


def _language(value: object) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not _TAG.fullmatch(value.strip()):
        raise ValueError(f"{shorten(value)} is not the code of a language")
    if not spoken_language(value) and value.strip().lower()[:2] != "en":
        raise ValueError(f"pyrun has no translation into {shorten(value)} yet")
    return value.strip()


LANGUAGE = Kind(_language, (str,), ", ".join(f"`{language}`" for language in LANGUAGES))
