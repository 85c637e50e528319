"""Explains code that is not Python, where Python's own message does not."""

import linecache
from traceback import walk_tb

__all__ = ["is_not_python"]


def is_not_python(error: BaseException) -> dict[str, str] | None:
    """The cause and the cure, if the line of an error contains what Python does not know."""
    sentences = None
    if isinstance(error, SyntaxError):
        from pyrun_syntax.oddities import explain  # noqa: PLC0415 - only if it is needed

        sentences = explain(error)
    elif isinstance(error, NameError) and error.name in {"amp", "gt", "lt", "quot"}:
        from pyrun_syntax.oddities import explain_entity  # noqa: PLC0415

        *_, (frame, number) = walk_tb(error.__traceback__)
        sentences = explain_entity(linecache.getline(frame.f_code.co_filename, number))
    if sentences is None:
        return None
    cause, _, cure = sentences.removesuffix(".").rpartition(". ")
    return {"cause": cause, "cure": cure}
