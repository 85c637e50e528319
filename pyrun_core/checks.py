"""What can be told about an example at build time, before a reader meets it."""

from pyrun_core.distribution import Distribution
from pyrun_core.example import Example
from pyrun_core.problems import Location, Problem, Report

__all__ = ["check_example", "check_lines", "check_packages", "check_source", "report_taken_name"]


def check_example(example: Example, distribution: Distribution, report: Report) -> None:
    """Report an example without code, and packages of its own that its page could not load.

    Hosts check those of the page and the site once, where the author asked for them.
    """
    check_source(example.source, report, example.location)
    check_packages(example.options.packages, distribution, report, example.location)


def check_source(source: str, report: Report, location: Location) -> bool:
    """Whether there is any code; reported if not."""
    if source.strip():
        return True
    report(Problem.EMPTY, "the example has no code: write some, or remove it", location)
    return False


def check_packages(
    packages: tuple[str, ...],
    distribution: Distribution,
    report: Report,
    location: Location,
) -> None:
    """Report packages that a page could not load, at the place that asks for them."""
    unknown = distribution.unknown(packages)
    if unknown:
        report(
            Problem.PACKAGES,
            f"{distribution.label} has no package {', '.join(unknown)}. Correct the name, or set "
            "the option 'pyodide' to 'cdn' or to the folder of a distribution that has it",
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
