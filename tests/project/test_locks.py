"""The lock files match the requirements, and work with any registry."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lock import ENVIRONMENTS, GROUPS, HOSTS, NODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROJECT = Path(__file__).resolve().parent.parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
NPM_LOCK = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))


LOCKS = [*GROUPS, NODE, *(f"environments/{name}" for name in ENVIRONMENTS)]


def requirements_of(group: str) -> Iterator[Requirement]:
    """The requirements of a dependency group, and of the groups that it includes."""
    for entry in PYPROJECT["dependency-groups"][group]:
        if isinstance(entry, str):
            yield Requirement(entry)
        else:
            yield from requirements_of(entry["include-group"])


def own_requirements() -> Iterator[Requirement]:
    """The requirements of pyrun itself, with both hosts."""
    metadata = PYPROJECT["project"]
    for requirements in [metadata["dependencies"], *(metadata["optional-dependencies"][h] for h in HOSTS)]:
        yield from map(Requirement, requirements)


def unmet(requirements: Iterable[Requirement], lock_name: str) -> list[str]:
    """The requirements that a lock file does not meet."""
    pins = pinned(lock_name)
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]


def pinned(group: str) -> dict[str, str]:
    """The locked version by package name."""
    lock = (PROJECT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    pins = re.findall(r"^([^\s=#]+)==(\S+)", lock, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.mark.parametrize("group", GROUPS)
def test_python_locks_satisfy_pyproject(group: str) -> None:
    assert unmet([*requirements_of(group), *own_requirements()], group) == [], "run `make lock`"


def test_the_node_lock_satisfies_pyproject() -> None:
    assert unmet(requirements_of(NODE), NODE) == [], "run `make lock`"


def test_the_python_locks_agree() -> None:
    everything, *others = map(pinned, GROUPS)
    for other in others:
        assert other.items() <= everything.items()


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_locks_of_environments_satisfy_their_requirements(name: str) -> None:
    source = (PROJECT / "requirements" / "environments" / f"{name}.in").read_text(encoding="utf-8")
    wanted = [Requirement(line) for line in source.splitlines() if line and not line.startswith("#")]
    assert unmet(wanted, f"environments/{name}") == [], "run `make lock`"


@pytest.mark.parametrize("lock_name", LOCKS)
def test_python_locks_name_no_registry(lock_name: str) -> None:
    lock = (PROJECT / "requirements" / f"{lock_name}.txt").read_text(encoding="utf-8")
    assert "://" not in lock
    assert not re.search(r"^--", lock, re.MULTILINE)


@pytest.mark.parametrize("lock_name", LOCKS)
def test_python_locks_contain_checksums(lock_name: str) -> None:
    lock = (PROJECT / "requirements" / f"{lock_name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S+==)", lock, flags=re.MULTILINE)[1:]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_npm_lock_matches_package_json_exactly() -> None:
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert NPM_LOCK["packages"][""]["devDependencies"] == wanted
    locked = {name: NPM_LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted}
    assert locked == wanted, "versions in package.json are exact"


def test_the_npm_lock_serves_every_platform() -> None:
    """Npm has sometimes dropped the packages for platforms other than the one it ran on."""
    packages: dict[str, dict[str, Any]] = NPM_LOCK["packages"]
    wanted = {name for package in packages.values() for name in package.get("optionalDependencies", ())}
    assert {name for name in wanted if f"node_modules/{name}" not in packages} == set()


def test_the_npm_lock_names_no_registry() -> None:
    assert [name for name, package in NPM_LOCK["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in NPM_LOCK["packages"].items() if name)
