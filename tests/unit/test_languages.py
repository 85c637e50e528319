"""Every text that readers see is in every language, and a page gets its language."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

from pyrun_core.options.choices import LANGUAGES
from pyrun_core.options.languages import LANGUAGE, spoken_language
from pyrun_core.reader_texts import early_words, reader_text
from tools.english_texts import MESSAGES, english_texts, message_groups

ASSETS = MESSAGES.parent.parent
FOLDER = ASSETS / "languages"
TRANSLATIONS = sorted(path.stem for path in FOLDER.glob("*.json"))

PLURALS = {
    **{language: {"one", "other"} for language in ("de", "es", "fr", "it", "nl", "pt-BR")},
    **{language: {"other"} for language in ("ja", "ko", "zh-CN", "zh-TW")},
    **{language: {"one", "few", "many", "other"} for language in ("pl", "ru", "uk")},
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "he": {"one", "two", "other"},
}
"""The plural categories that a translation has. In Romance languages, ``many`` is as ``other``.

https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
"""

SAME = re.compile(r"[\W\d]*(\{\w+\}[\W\d]*)*(k?B|MB)?")
"""Texts that are the same in many languages."""


@cache
def english() -> dict[str, str | dict[str, str]]:
    return english_texts()


def translation(language: str) -> dict[str, str | dict[str, str]]:
    texts: dict[str, str | dict[str, str]] = json.loads(
        (FOLDER / f"{language}.json").read_text(encoding="utf-8")
    )
    return texts


def forms(text: str | dict[str, str]) -> dict[str, str]:
    return text if isinstance(text, dict) else {"other": text}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_language_of_the_option_has_a_file() -> None:
    assert {*TRANSLATIONS, "en"} == set(LANGUAGES)
    assert set(PLURALS) == set(TRANSLATIONS)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_all_texts_and_no_others(language: str) -> None:
    texts = translation(language)
    assert [key for key in english() if key not in texts] == []
    assert [key for key in texts if key not in english()] == []
    assert list(texts) == list(english()), "run: node tools/tidy_languages.mjs"


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_the_placeholders_of_the_english_text(language: str) -> None:
    wrong = {
        key: form
        for key, text in translation(language).items()
        for form in forms(text).values()
        if placeholders(form) != placeholders(forms(english()[key])["other"])
        or re.sub(r"\{\w+\}", "", form).count("{")
        or "}" in re.sub(r"\{\w+\}", "", form)
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_what_is_counted_has_the_plural_forms_of_the_language(language: str) -> None:
    texts = translation(language)
    wrong = {
        key: set(forms(text))
        for key, text in texts.items()
        if isinstance(english()[key], dict) != isinstance(text, dict)
        or (isinstance(text, dict) and set(text) != PLURALS[language])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_no_copy_of_the_english_text(language: str) -> None:
    texts = translation(language)
    copied = {key for key, text in texts.items() if text == english()[key] and len(str(text).split()) > 2}
    assert {key for key in copied if not SAME.fullmatch(str(texts[key]))} == set()
    assert all(form.strip() == form != "" for text in texts.values() for form in forms(text).values())


def test_what_is_counted_is_called_count() -> None:
    counted = [form for text in english().values() if isinstance(text, dict) for form in text.values()]
    assert counted
    assert all("{count}" in form for form in counted)


def test_every_message_of_the_page_is_shown_somewhere() -> None:
    catalogue = {MESSAGES, *(MESSAGES.parent / "messages").glob("*.js")}
    modules = [path for path in MESSAGES.parent.rglob("*.js") if path not in catalogue]
    code = [path.read_text(encoding="utf-8") for path in modules]
    groups = {
        export: group
        for export, group in message_groups().items()
        if not any(f"{export}[" in text for text in code)  # chosen by a reason, for instance
    }
    unused = [
        f"{export}.{name}"
        for export, group in groups.items()
        for name in group
        if not any(export in text and re.search(rf"\b{name}\b", text) for text in code)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *(("", ""), ("en", ""), ("en-GB", ""), ("sv", ""), ("C", ""), ("tlh-Latn", "")),
        *(("de", "de"), ("de-AT", "de"), ("de_CH.UTF-8", "de"), ("FR", "fr"), ("iw", "he")),
        *(("zh", "zh-CN"), ("zh_CN", "zh-CN"), ("zh-Hans-HK", "zh-CN"), ("zh-SG", "zh-CN")),
        *(("zh-TW", "zh-TW"), ("zh_Hant", "zh-TW"), ("zh-HK", "zh-TW"), ("zh-mo", "zh-TW")),
        *(("pt", "pt-BR"), ("pt_BR", "pt-BR"), ("pt-PT", "pt-BR")),
    ],
)
def test_a_region_gets_its_language_and_other_languages_get_english(tag: str, language: str) -> None:
    assert spoken_language(tag) == language


@pytest.mark.parametrize("wrong", ["deutsch!", 3, "sv"])
def test_an_author_hears_of_a_language_without_a_translation(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"language|translation"):
        LANGUAGE.read(wrong)


def test_an_author_can_choose_english() -> None:
    assert LANGUAGE.read("en-US") == "en-US"


def test_the_words_of_a_page_are_few_and_english_has_none() -> None:
    assert early_words("") == ""
    words = json.loads(early_words("de"))
    assert words["toolbar.run"] == "Ausführen"
    assert all(len(early_words(language).encode()) < 600 for language in TRANSLATIONS)
    assert reader_text("cell.output", "Output", "de") == "Ausgabe"
    assert reader_text("cell.output", "Output", "") == "Output"
