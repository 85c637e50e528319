"""``pyrun.toml``: the configuration for a generator whose own configuration has no place for pyrun."""

from dataclasses import replace
from pathlib import Path

from pyrun_core.finish.config.config_file import ConfigFile, with_lines
from pyrun_core.finish.config.toml import read_toml

__all__ = ["read_pyrun_toml"]

_SITE = "site"
"""The table with what is not an option of pyrun, but true of the site. Options are at the top of the file."""

_TEXTS = ("documents", "project", "release")
_LANGUAGES = "languages"
"""The name that the option ``live`` had until it meant all kinds of blocks."""


def read_pyrun_toml(path: Path) -> ConfigFile:
    """What the file says.

    Raises:
        PyrunError: it is not TOML.
    """
    content = read_toml(path)
    options = {name: value for name, value in content.items() if name != _SITE}
    site = content.get(_SITE, {})
    where = with_lines(path, [_SITE], site if isinstance(site, dict) else {})
    mistakes = [
        (message, option.line) for option in where.options if (message := _mistake(option.name, option.value))
    ]
    if not isinstance(site, dict):
        mistakes.append((f"{_SITE} is {site!r}, but it is a table. Write [{_SITE}]", where.section_line))
        site = {}
    return replace(
        with_lines(path, [], options),
        **{name: site[name] for name in _TEXTS if isinstance(site.get(name), str)},
        mistakes=tuple(mistakes),
    )


def _mistake(name: str, value: object) -> str | None:
    if name == _LANGUAGES:
        return (
            f"[{_SITE}] has no '{_LANGUAGES}'. The option live says which blocks go live: write, for "
            f'instance, live = ["python"] above [{_SITE}]'
        )
    if name not in _TEXTS:
        return f"[{_SITE}] has no '{name}'. Use one of {', '.join(_TEXTS)}"
    return None if isinstance(value, str) else f"{name}: {value!r} is not text. Write it in quotes"
