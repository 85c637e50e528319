"""Explains code that is not Python, where Python's own message does not."""

__all__ = ["is_not_python"]


def is_not_python(error: BaseException) -> dict[str, str] | None:
    """The cause and the cure, if the line of a SyntaxError contains what Python does not know."""
    if not isinstance(error, SyntaxError):
        return None
    from pyrun_syntax.oddities import explain  # noqa: PLC0415 - only if it is needed

    sentences = explain(error)
    if sentences is None:
        return None
    cause, _, cure = sentences.removesuffix(".").rpartition(". ")
    return {"cause": cause, "cure": cure}
