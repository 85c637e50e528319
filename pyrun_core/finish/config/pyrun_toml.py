"""``pyrun.toml``: the configuration for a generator whose own configuration has no place for pyrun."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyrun_core.finish.config.config_file import ConfigFile, with_lines
from pyrun_core.finish.config.toml import read_toml

__all__ = ["read_pyrun_toml"]

_SITE = "site"
"""The table with what is not an option of pyrun, but true of the site. Options are at the top of the file."""

_TEXTS = ("documents", "project", "release")
_LANGUAGES = "languages"


def read_pyrun_toml(path: Path) -> ConfigFile:
    """What the file says.

    Raises:
        PyrunError: it is not TOML.
    """
    content = read_toml(path)
    options = {name: value for name, value in content.items() if name != _SITE}
    site = content.get(_SITE, {})
    where = with_lines(path, [_SITE], site if isinstance(site, Mapping) else {})
    mistakes = [
        (message, option.line) for option in where.options if (message := _mistake(option.name, option.value))
    ]
    if not isinstance(site, Mapping):
        mistakes.append((f"{_SITE} is {site!r}, but it is a table. Write [{_SITE}]", where.section_line))
        site = {}
    return replace(
        with_lines(path, [], options),
        **{name: site[name] for name in _TEXTS if isinstance(site.get(name), str)},
        languages=_languages(site),
        mistakes=tuple(mistakes),
    )


def _languages(site: Mapping[str, Any]) -> tuple[str, ...]:
    languages = site.get(_LANGUAGES, [])
    return tuple(languages) if _mistake(_LANGUAGES, languages) is None else ()


def _mistake(name: str, value: object) -> str | None:
    if name == _LANGUAGES:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return None
        return f'{_LANGUAGES}: {value!r} is not a list of languages. Write, for instance, ["pyrun", "python"]'
    if name not in _TEXTS:
        return f"[{_SITE}] has no '{name}'. Use one of {', '.join([*_TEXTS, _LANGUAGES])}"
    return None if isinstance(value, str) else f"{name}: {value!r} is not text. Write it in quotes"
