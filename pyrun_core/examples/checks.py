"""What can be told about an example at build time, before a reader meets it."""

from collections.abc import Sequence

from pyrun_core.options.package_entries import plain_names
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.distribution import Distribution

__all__ = ["check_lines", "check_packages", "check_source", "report_taken_name"]


def check_source(source: str, report: Report, location: Location) -> bool:
    """Whether there is any code; reported if not."""
    if source.strip():
        return True
    report(Problem.EMPTY, "the example has no code: write some, or remove it", location)
    return False


def check_packages(
    words: Sequence[str],
    distribution: Distribution,
    report: Report,
    location: Location,
) -> None:
    """Report what a page could not load, where no plugin settles anything for it."""
    unknown = [name for name in plain_names(words) if name not in distribution.at_hand()]
    if unknown:
        report(
            Problem.PACKAGES,
            f"{distribution.label} has no package {', '.join(unknown)}. Without the plugin only packages "
            "that it serves can be used: set 'pyodide' to 'cdn' or to the folder of a distribution",
            location,
        )
    unusable = [word for word in words if plain_names([word]) != (word,)]
    if unusable:
        report(
            Problem.PACKAGES,
            f"packages: without the plugin only plain names can be used, and not {', '.join(unusable)}",
            location,
        )


def check_lines(
    lines: tuple[int, ...],
    source: str,
    report: Report,
    location: Location,
) -> tuple[int, ...]:
    """Those of the lines to mark that the source has; others are reported."""
    count = source.removesuffix("\n").count("\n") + 1
    beyond = [str(line) for line in lines if line > count]
    if beyond:
        has = f"{count} line" if count == 1 else f"{count} lines"
        message = f"emphasize-lines: the example has {has}, and no {', '.join(beyond)}"
        report(Problem.OPTION, message, location)
    return tuple(line for line in lines if line <= count)


def report_taken_name(name: str, report: Report, location: Location) -> None:
    """Report that an earlier example of the page, or something else there, has the name."""
    report(Problem.NAME, f"the name '{name}' is already used in this page: choose another", location)
