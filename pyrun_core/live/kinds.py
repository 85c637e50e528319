"""What an existing block is: the words of the option ``live`` that mean it."""

import re

from pyrun_syntax.prompts import is_ipython

__all__ = ["foreign_prompts", "kinds_of"]

DOCTEST, PYTHON, IPYTHON = "doctest", "python", "ipython"

_SESSIONS = frozenset({"doctest", "pycon", "pycon3", "python-console", "pyconsole", "python-repl"})
_PYTHON = frozenset({"py", "py3", "python", "python3"})
_IPYTHON = frozenset({"ipython", "ipython2", "ipython3", "ipythonconsole"})
_UNNAMED = frozenset({"", "default", "none", "guess"})
"""A block without a language, or with that of the configuration, as Sphinx and Pygments name it."""

_FIRST_PROMPT = re.compile(r"\s*>>>(?:\s|$)")
_FIRST_IPYTHON = re.compile(r"\s*In ?\[[\d ]*\]:")


def kinds_of(language: str | None, text: str) -> tuple[str, ...]:
    """The kind of a block, then its language. Empty if a block without a language has no prompt.

    Prompts decide, if the block is in Python or has no language.
    """
    word = (language or "").strip().lower()
    names = () if word in _UNNAMED else (word,)
    if word in _SESSIONS:
        kind = IPYTHON if is_ipython(text) else DOCTEST
    elif word in _IPYTHON:
        kind = DOCTEST if _FIRST_PROMPT.match(text) else IPYTHON
    elif word in _PYTHON or word in _UNNAMED:
        if _FIRST_PROMPT.match(text):
            kind = DOCTEST
        elif _FIRST_IPYTHON.match(text):
            kind = IPYTHON
        elif word in _PYTHON:
            kind = PYTHON
        else:
            return names
    else:
        return names
    return tuple(dict.fromkeys((kind, *names)))


def foreign_prompts(language: str | None, text: str) -> str:
    """What is wrong with a block in another language that begins with a prompt. Empty if nothing is.

    Within a block, ``>>>`` is ordinary: in the source of a page, for instance.
    """
    kinds = kinds_of(language, text)
    if not kinds or kinds[0] in {DOCTEST, PYTHON, IPYTHON} or not _FIRST_PROMPT.match(text):
        return ""
    return (
        f"the block stays as it is, because it has prompts of Python, and its language is {kinds[0]}. "
        "Write pycon as its language, or a comment 'pyrun: off' before it"
    )
