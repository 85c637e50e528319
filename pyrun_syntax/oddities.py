"""Why code is not Python, where Python's own message does not tell."""

import re
from collections.abc import Iterator

__all__ = ["explain"]

_QUOTES = {**dict.fromkeys("“”„‟″〝〞«»", '"'), **dict.fromkeys("‘’‚‛′´", "'")}
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("×·", "*"),
    **dict.fromkeys("÷∕", "/"),
    **dict.fromkeys("،、", ","),
    **dict.fromkeys("「」", '"'),
    "…": "...",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "→": "->",
    "。": ".",
    "【": "[",
    "】": "]",
    "\u037e": ";",  # the question mark of Greek
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # the full-width forms of ASCII
}
_ENTITIES = {"&gt;": ">", "&lt;": "<", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&#x27;": "'"}

_CHARACTER = re.compile(r"invalid (?:non-printable )?character .*?U\+(?P<code>[0-9A-F]+)")
_ENTITY = re.compile("|".join(_ENTITIES))
_FENCE = re.compile(r"[ \t]*(?:```+|~~~+)[^`]*")
_LINE_NUMBER = re.compile(r"[ \t]*\d+[ \t]*[.:|)]?[ \t]+(?:[A-Za-z_#@]|\Z)")
_SHELL = re.compile(r"[ \t]*(?:[$#]|\w+@[\w.-]+:\S*[$#]|(?:PS )?[A-Z]:\\\S*>)[ \t]+\S")
_DIFF = re.compile(
    r"""
    @@[ ].* | diff[ ]--git[ ].* | (?: \+\+\+ | --- )[ ].*
    | [-+][ \t]* (?:
      (?: async | class | def | for | from | if | import | return | try | while | with )\b | @\w
      | \w[\w.\[\]]* [ \t]* = (?!=) ) .*
    """,
    re.VERBOSE,
)
_PYTHON_2 = re.compile(r"[ \t]*(?P<word>print|exec|raise)\b")
_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")
_CLOSING = " \t)]},:"

_INSTEAD_OF = {"print": "print(...)", "exec": "exec(...)", "raise": "raise Error(...)"}
"""The form of Python 3 for each statement of Python 2."""


def explain(error: SyntaxError) -> str | None:
    """What is wrong, and the cure: two sentences. None if Python's message suffices."""
    line = (error.text or "").rstrip("\n")
    message = str(error.msg)
    return next((each for rule in (_about_character, _about_line) for each in rule(line, message)), None)


def _about_character(line: str, message: str) -> Iterator[str]:
    if found := _CHARACTER.match(message):
        character = chr(int(found["code"], 16))
        code = f"U+{found['code']}"
        if written := _QUOTES.get(character):
            yield f"{character} ({code}) is not a quotation mark of Python. Write {written} instead."
        elif written := _SIGNS.get(character):
            yield f"{character} ({code}) is not a sign of Python. Write {written} instead."
        elif character.isspace():
            yield f"The character {code} only looks like a space. Write a space instead."
        elif not character.isprintable():
            yield f"The character {code} is invisible. Delete it, or type the line again."
    elif message.startswith("unterminated") and (last := line.rstrip(_CLOSING)[-1:]) in _QUOTES:
        yield f"{last} (U+{ord(last):04X}) is not a quotation mark of Python. Write {_QUOTES[last]} instead."


def _about_line(line: str, message: str) -> Iterator[str]:
    if entity := _ENTITY.search(_TEXT.sub("", line)):
        written = _ENTITIES[entity[0]]
        yield f"{entity[0]} is how HTML writes {written} in a page. Write {written} instead."
    if message.startswith("Missing parentheses in call to") or message == "invalid syntax":
        old = _PYTHON_2.match(line)
        if old and (old["word"] != "raise" or "," in line):
            yield f"The line is Python 2. Write {_INSTEAD_OF[old['word']]} instead."
    if "<>" in line and message == "invalid syntax":
        yield "<> is Python 2. Write != instead."
    if _FENCE.fullmatch(line):
        yield "The line is a fence of Markdown. Remove it."
    if _SHELL.match(line):
        yield "The line is a command for a terminal. Remove it."
    if _LINE_NUMBER.match(line):
        yield "The line begins with its number. Remove the numbers."
    if _DIFF.fullmatch(line):
        yield "The line begins with a mark of a diff. Remove the marks, and the lines with a minus."
