"""Why pip found no set of packages, explained so that an author can fix it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from pyrun_core.pyodide.target import Target

__all__ = ["ResolutionError", "explain", "is_unreachable", "unreachable_error"]

_NOT_FOUND = re.compile(r"No matching distribution found for (?P<requirement>[^\n]+)")
_VERSIONS = re.compile(
    r"satisfies the requirement [^\n(]*(?P<by>\(from (?!versions)[^)]*\))? ?"
    r"\(from versions: (?P<versions>[^)]*)\)",
)
_CONFLICT = re.compile(r"The conflict is caused by:\n(?P<lines>(?:[ \t]+[^\n]+\n)+)")
_SKIPPED = re.compile(r"Skipping link: [^\n]*?: (?P<url>\S+)(?: \(from|\s|$)")
# The messages about a missing page (404) are almost the same.
_UNREACHABLE = re.compile(
    r"Retrying \(Retry|connection broken by|Max retries exceeded|Could not fetch URL \S+: (?!4\d\d )",
)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_ERROR_LINE = re.compile(r"^\s*ERROR: (?P<text>.+)$", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:The user requested (?:\(constraint\) )?)?(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)")

_SHOWN_VERSIONS = 5
_SHOWN_FILES = 4
"""How many wheels a message names. A few platforms are enough to see the pattern."""


class ResolutionError(Exception):
    """No set of packages meets the requirements. ``names`` are the canonical names it is about."""

    def __init__(self, message: str, names: frozenset[str]) -> None:
        super().__init__(message)
        self.names = names


def is_unreachable(output: str) -> bool:
    """Whether pip failed to reach a server."""
    return bool(_UNREACHABLE.search(output))


def unreachable_error() -> ResolutionError:
    """The error for a server that pip failed to reach."""
    return ResolutionError(
        "the package index or another server did not answer. Try again later. To build without an index, "
        "run 'pyrun lock' once and commit the lock file",
        frozenset(),
    )


def explain(output: str, target: Target, again: Callable[[str], str]) -> ResolutionError:
    """The error in pip's output. ``again`` returns pip's full output for one requirement."""
    if conflict := _CONFLICT.search(output):
        lines = [line.strip() for line in conflict["lines"].strip().splitlines()]
        names = frozenset(canonicalize_name(match[1]) for match in map(_SUBJECT.match, lines) if match)
        return ResolutionError(f"these requirements conflict: {'; '.join(lines)}", names)
    if missing := _NOT_FOUND.search(output):
        return _explain_missing(missing["requirement"].strip(), output, target, again)
    lines = [match["text"].strip() for match in _ERROR_LINE.finditer(output)]
    if is_unreachable(output):
        return unreachable_error()
    return ResolutionError(" ".join(lines) or output.strip()[-500:], frozenset())


def _explain_missing(
    requirement: str,
    output: str,
    target: Target,
    again: Callable[[str], str],
) -> ResolutionError:
    requirement = requirement.partition(" (from")[0].strip()
    wanted = Requirement(requirement)
    name = canonicalize_name(wanted.name)
    found = _VERSIONS.search(output)
    because = f" {found['by']}" if found and found["by"] else ""
    names = frozenset({name, *map(canonicalize_name, _NAME.findall(because)[1:2])})
    versions = [] if found is None or found["versions"] == "none" else found["versions"].split(", ")
    details = again(name)
    files = [unquote(urlsplit(url).path).rpartition("/")[2] for url in _SKIPPED.findall(details)]
    existing = _Existing.among(files, wanted)
    if not versions and not existing and is_unreachable(details):
        return unreachable_error()
    return ResolutionError(_describe(requirement + because, existing, versions, target), names)


@dataclass(frozen=True)
class _Existing:
    """Files of the newest version that an index has for a requirement, none of which can be used."""

    version: Version | None = None
    wheels: tuple[str, ...] = ()
    source: str = ""

    def __bool__(self) -> bool:
        return self.version is not None

    @classmethod
    def among(cls, files: list[str], wanted: Requirement) -> "_Existing":
        wheels: dict[Version, set[str]] = {}
        sources: dict[Version, str] = {}
        for file in files:
            name, version = _identity(file)
            if version is None or name != canonicalize_name(wanted.name):
                continue
            if not wanted.specifier.contains(version, prereleases=True):
                continue
            if file.endswith(".whl"):
                wheels.setdefault(version, set()).add(file)
            else:
                sources[version] = file
        if wheels:
            return cls(max(wheels), tuple(sorted(wheels[max(wheels)])))
        return cls(max(sources), source=sources[max(sources)]) if sources else cls()


def _identity(file: str) -> tuple[str, Version | None]:
    try:
        name, version = parse_wheel_filename(file)[:2]
    except InvalidWheelFilename:
        try:
            name, version = parse_sdist_filename(file)
        except (InvalidSdistFilename, ValueError):
            return "", None
    return name, version


def _describe(requirement: str, existing: _Existing, versions: list[str], target: Target) -> str:
    usable = f" Usable versions: {', '.join(versions[-_SHOWN_VERSIONS:])}." if versions else ""
    if existing.wheels:
        count = len(existing.wheels) - _SHOWN_FILES
        shown = ", ".join(existing.wheels[:_SHOWN_FILES]) + (f" and {count} more" if count > 0 else "")
        return (
            f"{requirement} has no wheel for {target.label}. Version {existing.version} has only "
            f"{shown}.{usable} Ask its maintainers for a wheel (PEP 783), or remove the package"
        )
    if existing.source:
        return (
            f"{requirement} exists only as a source distribution ({existing.source}), and browsers "
            f"cannot build one.{usable} Build a wheel, and name its path instead"
        )
    if versions:
        return f"there is no version {requirement}.{usable} Correct the version"
    return f"none of pip's indexes has a package {requirement}. Correct the name"
