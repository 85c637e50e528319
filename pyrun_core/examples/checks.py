"""Checks of an example at build time, so that readers do not meet its problems."""

from typing import Any

from pyrun_core.problems import Location, Problem, Report

__all__ = ["LINE_OPTIONS", "check_line_options", "check_lines", "check_source", "report_taken_name"]

LINE_OPTIONS = ("emphasize-lines", "hide-lines")
"""The options that count lines of the code."""


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
    option: str = "emphasize-lines",
) -> tuple[int, ...]:
    """The lines of an option that the source has. Others are reported."""
    count = source.removesuffix("\n").count("\n") + 1
    beyond = [str(line) for line in lines if line > count]
    if beyond:
        has = f"{count} line" if count == 1 else f"{count} lines"
        message = f"{option}: the example has {has}, but not line {', '.join(beyond)}. Correct the lines"
        report(Problem.OPTION, message, location)
    return tuple(line for line in lines if line <= count)


def check_line_options(values: dict[str, Any], source: str, report: Report, location: Location) -> None:
    """Take the lines that the source does not have out of the options that count lines. They are reported."""
    for option in LINE_OPTIONS:
        field = option.replace("-", "_")
        if lines := values.get(field):
            values[field] = check_lines(lines, source, report, location, option)


def report_taken_name(name: str, report: Report, location: Location) -> None:
    """Report that an earlier example, or something else in the page, has the name."""
    report(Problem.NAME, f"the name '{name}' is already used in this page. Choose another name", location)
