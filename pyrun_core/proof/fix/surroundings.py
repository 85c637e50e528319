"""Whether lines can be written at a place in a file without a change of what is around them."""

import ast
import io
import re
import tokenize
from collections.abc import Sequence

from pyrun_core.proof.fix.author_file import AuthorFile, Edit, RefusedError

__all__ = ["check_place", "check_result"]

_OPENING = re.compile(r"(?P<prefix>[A-Za-z]*)(?P<quotes>\"\"\"|'''|\"|')")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})")
_MARKDOWN = frozenset({".md", ".markdown"})


def check_place(file: AuthorFile, edit: Edit, *, is_comment: bool) -> None:
    """Raise an error if the new lines end the text that they are in, or mean something else there.

    Raises:
        RefusedError: they do.
    """
    if file.path.suffix in _MARKDOWN and any(map(_FENCE.match, edit.new)):
        raise RefusedError("the output has a line that ends the fence")
    if not file.is_python:
        return
    token = _string_around(file, edit)
    if token is None:
        if not is_comment:
            raise RefusedError("the example is not inside of a string with three quotation marks")
        return
    found = _OPENING.match(token.string)
    if found is None or len(found["quotes"]) == 1 or set(found["prefix"].lower()) - {"r", "u"}:
        raise RefusedError("the example is in a string without three quotation marks")
    if any(found["quotes"] in line for line in edit.new):
        raise RefusedError("the output has the quotation marks that end the docstring")
    is_raw = "r" in found["prefix"].lower()
    if not is_raw and any("\\" in line for line in (*edit.old, *edit.new)):
        raise RefusedError("the output has a backslash, and the docstring is not raw. Write r before it")


def _string_around(file: AuthorFile, edit: Edit) -> tokenize.TokenInfo | None:
    """The string that begins above the new lines, and ends below them."""
    last = edit.first + len(edit.old) - 1
    reader = io.StringIO(file.text.removeprefix("\ufeff")).readline
    try:
        tokens = list(tokenize.generate_tokens(reader))
    except (tokenize.TokenError, SyntaxError):
        raise RefusedError("the module cannot be read") from None
    return next(
        (
            token
            for token in tokens
            if token.type == tokenize.STRING and token.start[0] < edit.first and last < token.end[0]
        ),
        None,
    )


def check_result(file: AuthorFile, edits: Sequence[Edit]) -> str:
    """The new text of the file.

    Raises:
        RefusedError: a module would have other code, or a character cannot be encoded.
    """
    text = file.edited(edits)
    file.encoded(text)
    if file.is_python and _code(file.text) != _code(text):
        raise RefusedError("the code of the module would change")
    return text


def _code(text: str) -> str:
    """The syntax tree of a module, without the texts in it."""
    try:
        tree = ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError):
        raise RefusedError("the module cannot be read") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
