"""The exceptions behind an exception."""

from collections.abc import Iterator

__all__ = ["with_causes"]


def with_causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and its causes, the latest first, then what is in an exception group.

    Those that ``raise ... from None`` hides are included: the traceback does not show them, but a failed
    import or a refused connection is still the reason.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:  # `raise error from error` makes a circle
            continue
        seen.add(id(cause))
        yield cause
        linked = [*getattr(cause, "exceptions", ())[::-1], cause.__cause__ or cause.__context__]
        waiting += [each for each in linked if isinstance(each, BaseException)]
