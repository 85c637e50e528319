"""Checks of an example at build time, so that readers do not meet its problems."""

from collections.abc import Sequence

from pyrun_core.options.package_entries import plain_names
from pyrun_core.problems import Location, Problem, Report
from pyrun_core.pyodide.distribution import Distribution

__all__ = ["check_lines", "check_packages", "check_source", "report_taken_name"]


def check_source(source: str, report: Report, location: Location) -> bool:
    """Whether the example has any code. If not, that is reported."""
    if source.strip():
        return True
    report(Problem.EMPTY, "the example has no code. Add code, or remove the example", location)
    return False


def check_packages(
    entries: Sequence[str],
    distribution: Distribution,
    report: Report,
    location: Location,
) -> None:
    """Report the packages that a page cannot load, where no plugin resolves them."""
    unknown = [name for name in plain_names(entries) if name not in distribution.available_packages()]
    if unknown:
        report(
            Problem.PACKAGES,
            f"{distribution.label} has no package {', '.join(unknown)}. Without the plugin, examples can use "
            "only packages that it serves. Set 'pyodide' to 'cdn' or to the folder of a distribution",
            location,
        )
    unusable = [entry for entry in entries if plain_names([entry]) != (entry,)]
    if unusable:
        report(
            Problem.PACKAGES,
            f"packages: {', '.join(unusable)} cannot be used without the plugin. Use plain names of packages",
            location,
        )


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
