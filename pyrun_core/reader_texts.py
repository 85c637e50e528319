"""The texts for readers that a build writes into pages, in the language of each page."""

import json
from collections.abc import Mapping
from functools import cache

from pyrun_core.browser_files import bundled_files

__all__ = ["counted_text", "early_words", "plural_form", "reader_text"]


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


def counted_text(key: str, english: Mapping[str, str], count: int, language: str) -> str:
    """A text whose only placeholder is ``{count}``, in the form for this number."""
    texts = _texts(language).get(key) if language else None
    forms, spoken = (texts, language) if isinstance(texts, dict) else (english, "")
    form = forms.get(plural_form(count, spoken)) or forms["other"]
    return str(form).replace("{count}", str(count))


def plural_form(count: int, language: str) -> str:
    """The plural form for a whole number, as `Intl.PluralRules` names it, in the languages of pyrun.

    Source: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
    """
    tens, hundreds = count % 10, count % 100
    match language:
        case "ja" | "ko" | "zh-CN" | "zh-TW":
            return "other"
        case "fr" | "pt-BR":
            return "one" if count < 2 else "other"  # noqa: PLR2004 - a rule of the language
        case "pl" | "ru" | "uk":
            is_one = count == 1 if language == "pl" else tens == 1 and hundreds != 11  # noqa: PLR2004 - as above
            is_few = 2 <= tens <= 4 and not 12 <= hundreds <= 14  # noqa: PLR2004 - as above
            return "one" if is_one else "few" if is_few else "many"
        case "ar":
            exact = {0: "zero", 1: "one", 2: "two"}
            general = "few" if 3 <= hundreds <= 10 else "many" if hundreds >= 11 else "other"  # noqa: PLR2004
            return exact.get(count, general)
        case "he":
            return {1: "one", 2: "two"}.get(count, "other")
    return "one" if count == 1 else "other"


@cache
def _texts(language: str) -> dict[str, object]:
    return bundled_files().texts(language)
