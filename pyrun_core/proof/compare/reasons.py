"""Reasons for which examples fail in a browser, with what their author can do."""

import re

from pyrun_core.proof.verdict import Reason

__all__ = ["CURES", "IPV6", "LEAVE", "THREAD", "ZONE", "missing_package", "of_browser", "optional_package"]

LEAVE = "Keep the block as it is with the comment 'pyrun: off', or write 'skip-check' with the reason."

CURES = {
    "32-bit": f"Name the type in the example, for instance dtype='int64'. {LEAVE}",
    "memory": "Let the example work with less data.",
    "parser": "Add lxml or html5lib to 'packages', or use 'html.parser'.",
    "time-zones": "Add tzdata to 'packages'.",
    "separate-module": "Add the package to 'packages'.",
    "package-not-loaded": "Add the package to 'packages'.",
    "unknown-module": "Add the package that provides the module to 'packages'.",
    "web-refused": "List the URL in the option 'files'.",
    "web-other-site": "List the URL in the option 'files'.",
    "web-policy": "List the URL in the option 'files'.",
}
"""By the names of the registry of explanations, whose sentences are for readers. For the others: `LEAVE`."""

_SENTENCES = {
    "32-bit": "Python is a 32-bit program in a browser: sizes and NumPy's default integers have 32 bits.",
    "floating-point": "WebAssembly does not report floating-point exceptions, so NumPy does not see them.",
    "ipv6": "A browser has no IPv6.",
    "threads": "A browser runs Python in one thread.",
    "time-zones": "The data of time zones is missing.",
}
"""For what pyrun finds out without an exception that the registry explains."""

THREAD = re.compile(r"can't start new thread")
IPV6 = re.compile(r"IPv6|AF_INET6|has_ipv6|inet_pton", re.IGNORECASE)
ZONE = re.compile(r"No time zone found with key|\btzdata\b|zoneinfo.*TZPATH")
_OPTIONAL_PACKAGE = re.compile(
    r"Missing optional dependency '(?P<missing>[\w.-]+)'|[`'\"]Import (?P<failed>[\w.-]+)[`'\"]? failed"
)
"""What pandas and libraries like it say."""


def of_browser(name: str, sentence: str = "") -> Reason:
    """The reason that the registry of explanations, or this module, knows by a name."""
    said = sentence or _SENTENCES.get(name, "It needs what a browser does not have.")
    return Reason(name or "browser", said, CURES.get(name, LEAVE), is_of_browser=True)


def missing_package(package: str) -> Reason:
    """The reason if a package is missing."""
    return Reason("package", f"It needs the package {package}.", f"Add {package} to 'packages'.")


def optional_package(text: str) -> Reason | None:
    """The reason if a library says that it needs a package for what the example does."""
    found = _OPTIONAL_PACKAGE.search(text)
    return missing_package(found["missing"] or found["failed"]) if found else None
