"""Why pip found no set of packages, told so that an author can mend it."""

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

__all__ = ["Refusal", "does_not_answer", "explain", "no_answer"]

_NOT_FOUND = re.compile(r"No matching distribution found for (?P<requirement>[^\n]+)")
_VERSIONS = re.compile(
    r"satisfies the requirement [^\n(]*(?P<by>\(from (?!versions)[^)]*\))? ?"
    r"\(from versions: (?P<versions>[^)]*)\)",
)
_CONFLICT = re.compile(r"The conflict is caused by:\n(?P<lines>(?:[ \t]+[^\n]+\n)+)")
_SKIPPED = re.compile(r"Skipping link: [^\n]*?: (?P<url>\S+)(?: \(from|\s|$)")
# Of a page that is not there (404) pip says almost the same.
_UNREACHABLE = re.compile(
    r"Retrying \(Retry|connection broken by|Max retries exceeded|Could not fetch URL \S+: (?!4\d\d )",
)
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_ERROR_LINE = re.compile(r"^\s*ERROR: (?P<text>.+)$", re.MULTILINE)
_SUBJECT = re.compile(r"^(?:The user requested (?:\(constraint\) )?)?(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)")

_SHOWN_VERSIONS = 5
_SHOWN_FILES = 4
"""Wheels named in a message. What there is for one platform tells what there is for the others."""


class Refusal(Exception):  # noqa: N818 - it is pip's, and its reasons are the author's
    """No set of packages meets the requirements. ``names`` are the canonical names it is about."""

    def __init__(self, message: str, names: frozenset[str]) -> None:
        super().__init__(message)
        self.names = names


def does_not_answer(output: str) -> bool:
    """Whether pip has tried in vain to reach a server."""
    return bool(_UNREACHABLE.search(output))


def no_answer() -> Refusal:
    """The refusal when that is so."""
    return Refusal(
        "the package index, or another server, did not answer. Try again; 'pyrun lock' writes a lock file, "
        "with which a build needs no index",
        frozenset(),
    )


def explain(output: str, target: Target, again: Callable[[str], str]) -> Refusal:
    """The refusal in what pip said. ``again`` has pip say all about one requirement."""
    if conflict := _CONFLICT.search(output):
        lines = [line.strip() for line in conflict["lines"].strip().splitlines()]
        names = frozenset(canonicalize_name(match[1]) for match in map(_SUBJECT.match, lines) if match)
        return Refusal(f"these do not go together: {'; '.join(lines)}", names)
    if missing := _NOT_FOUND.search(output):
        return _explain_missing(missing["requirement"].strip(), output, target, again)
    lines = [match["text"].strip() for match in _ERROR_LINE.finditer(output)]
    if does_not_answer(output):
        return no_answer()
    return Refusal(" ".join(lines) or output.strip()[-500:], frozenset())


def _explain_missing(
    requirement: str,
    output: str,
    target: Target,
    again: Callable[[str], str],
) -> Refusal:
    requirement = requirement.partition(" (from")[0].strip()
    wanted = Requirement(requirement)
    name = canonicalize_name(wanted.name)
    found = _VERSIONS.search(output)
    because = f" {found['by']}" if found and found["by"] else ""
    names = frozenset({name, *map(canonicalize_name, _NAME.findall(because)[1:2])})
    versions = [] if found is None or found["versions"] == "none" else found["versions"].split(", ")
    said = again(name)
    files = [unquote(urlsplit(url).path).rpartition("/")[2] for url in _SKIPPED.findall(said)]
    existing = _Existing.among(files, wanted)
    if not versions and not existing and does_not_answer(said):
        return no_answer()
    return Refusal(_describe(requirement + because, existing, versions, target), names)


@dataclass(frozen=True)
class _Existing:
    """Files that an index has for a requirement, and that cannot be used: of the newest version."""

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
    there_are = f" There is {', '.join(versions[-_SHOWN_VERSIONS:])}." if versions else ""
    if existing.wheels:
        more = len(existing.wheels) - _SHOWN_FILES
        shown = ", ".join(existing.wheels[:_SHOWN_FILES]) + (f" and {more} more" if more > 0 else "")
        return (
            f"{requirement} has no wheel for {target.label}. Of version {existing.version} there are "
            f"{shown}.{there_are} Ask its maintainers for a wheel (PEP 783), or leave the package out"
        )
    if existing.source:
        return (
            f"{requirement} exists as a source distribution only ({existing.source}), and a browser "
            f"cannot build one.{there_are} Build a wheel of it, and name the wheel's path instead"
        )
    if versions:
        return f"there is no {requirement}.{there_are} Correct the version"
    return f"no index that pip looks at has a package {requirement}. Correct the name"
