"""What can be told about an example at build time, before a reader meets it."""

from pyrun_core.distribution import Distribution
from pyrun_core.example import Example
from pyrun_core.problems import Location, Problem, Report

__all__ = ["check_example", "check_packages", "check_source"]


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
