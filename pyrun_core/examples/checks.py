"""Checks of an example at build time, so that readers do not meet its problems."""

from pyrun_core.problems import Location, Problem, Report

__all__ = ["check_lines", "check_source", "report_taken_name"]


def check_source(source: str, report: Report, location: Location) -> bool:
    """Whether the example has any code. If not, that is reported."""
    if source.strip():
        return True
    report(Problem.EMPTY, "the example has no code. Add code, or remove the example", location)
    return False


def check_lines(
    lines: tuple[int, ...],
    source: str,
    report: Report,
    location: Location,
) -> tuple[int, ...]:
    """The lines to highlight that the source has. Others are reported."""
    count = source.removesuffix("\n").count("\n") + 1
    beyond = [str(line) for line in lines if line > count]
    if beyond:
        has = f"{count} line" if count == 1 else f"{count} lines"
        message = (
            f"emphasize-lines: the example has {has}, but not line {', '.join(beyond)}. Correct the lines"
        )
        report(Problem.OPTION, message, location)
    return tuple(line for line in lines if line <= count)


def report_taken_name(name: str, report: Report, location: Location) -> None:
    """Report that an earlier example, or something else in the page, has the name."""
    report(Problem.NAME, f"the name '{name}' is already used in this page. Choose another name", location)
