"""What can be told about an example at build time, before a reader meets it."""

from pyrun_core.distribution import Distribution
from pyrun_core.example import Example
from pyrun_core.problems import Problem, Report

__all__ = ["check_example"]


def check_example(example: Example, distribution: Distribution, report: Report) -> None:
    """Report an example without code, and packages that its page could not load."""
    if not example.source.strip():
        report(Problem.EMPTY, "the example has no code: write some, or remove it", example.location)
    unknown = distribution.unknown(example.packages)
    if unknown:
        report(
            Problem.PACKAGES,
            f"{distribution.label} has no package {', '.join(unknown)}. Correct the name, or set "
            "the option 'pyodide' to 'cdn' or to the folder of a distribution that has it",
            example.location,
        )
