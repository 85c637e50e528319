"""pip gets options from pyrun alone, and builds nothing, whatever pages, packages and lock files say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pyrun_core.examples.page_requirements import DeclaredEntries, SiteRequirements
from pyrun_core.options.declare import Scope, read_options
from pyrun_core.options.package_entries import read_entry, requirement_line
from pyrun_core.packages.resolve.project_lock import LOCK_NAME
from pyrun_core.packages.resolve_site import LockMode, resolve_site
from pyrun_core.problems import PyrunError
from tests.packages.conftest import SITE, page
from tests.packages.wheels import INFO, make_wheel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.packages.conftest import Project
    from tests.security.build.conftest import Evil

SHA = "0" * 64


def injected(evil: Evil, project: Project) -> str:
    """Lines for a file that pip reads: they make pip build the hostile source distribution."""
    links = project.folder / "links.whl"  # what a page writes has to end like the URL of a wheel
    evil.archive(links)
    return f"--no-binary=:all:\nevil\n--find-links={links}"


def test_an_entry_with_several_lines_is_not_read(project: Project, evil: Evil) -> None:
    wheel = make_wheel(project.index, "small")
    entry = f"small @ {wheel.as_uri()}\n{injected(evil, project)}"
    values = read_options({"packages": ["six", entry]}, Scope.PAGE, SITE, project.report)
    assert values == {}
    (problem,) = project.problems
    assert "has a line break or another control character" in problem
    assert "\n" not in problem
    # Even one that has been read, by an older pyrun for instance, gives pip no option.
    site = SiteRequirements(DeclaredEntries(("numlike", entry), SITE))
    resolved = resolve_site(replace(project.request, requirements=site))
    assert not evil.has_run
    assert list(resolved.packages) == ["numlike"]
    assert "is not a single requirement" in project.problems[1]
    with pytest.raises(ValueError, match="is not a single requirement"):
        requirement_line(entry)


@pytest.mark.parametrize(
    "entry",
    [
        *("--index-url=https://example.org/", "-r requirements.txt", "-rx.txt", "-e .", "--", "six --pre"),
        *("six @ https://example.org/a.whl?\\", "six #egg", "six @ https://example.org/${HOME}.whl"),
        *(
            'six; python_version > "${HOME}"',
            'six; python_version > " --hash=x "',
            "six\x0b-e .",
            "six\u2028-e .",
        ),
        *("git+https://example.org/x.whl", "six @ git+https://example.org/x.whl", "six @ /etc/x.whl"),
        *(
            "six @ https://example.org/six.tar.gz",
            "https://example.org/six.tar.gz#x.whl",
            "six; " + "(" * 2000,
        ),
    ],
)
def test_no_entry_is_an_option_or_a_source_distribution(project: Project, entry: str) -> None:
    assert read_options({"packages": [entry]}, Scope.PAGE, SITE, project.report) == {}
    (problem,) = project.problems
    assert len(problem) < 700


def test_a_package_that_requires_a_source_distribution_is_refused(project: Project, evil: Evil) -> None:
    archive = evil.archive(project.folder / "elsewhere")
    make_wheel(project.index, "trap", requires=[f"evil @ {archive.as_uri()}"])
    make_wheel(project.index, "folder", requires=[f"evil @ {(archive.parent / 'sources').as_uri()}"])
    make_wheel(project.index, "clone", requires=["evil @ git+https://example.org/evil.whl"])
    for name in ("trap", "folder", "clone"):
        project.resolve("numlike", name)
        assert not evil.has_run
        (problem,) = project.problems
        assert "is not a wheel, and pyrun builds no packages" in problem


def test_a_source_distribution_of_an_index_is_not_built(project: Project, evil: Evil) -> None:
    evil.archive(project.index)
    project.resolve("evil", "numlike")
    assert not evil.has_run
    assert "exists only as a source distribution" in project.problems[0]


def test_an_import_is_no_option_either(project: Project) -> None:
    code = "import _r, __index_url, ünïcode, numlike"
    resolved = project.resolve("auto", "small>=1", pages=(page("a.md", code),))
    assert list(resolved.packages) == ["numlike"]
    (problem,) = project.problems
    assert "small" in problem


def test_a_marker_that_cannot_be_evaluated_is_left_out(project: Project) -> None:
    entry = read_entry("six; os_name ~= 'x'")
    resolved = project.resolve("numlike", pages=(page("a.md", "1", packages=(entry,)),))
    assert list(resolved.packages) == ["numlike"]
    (problem,) = project.problems
    assert problem.startswith(f"a.md:1: {entry}: the marker after ';' cannot be evaluated: ")


@pytest.mark.parametrize("extras", ["a b", "a;b", "a @ https://example.org/a.whl", "-r", "é"])
def test_extras_of_a_path_are_names(extras: str) -> None:
    with pytest.raises(ValueError, match="is not an extra"):
        read_entry(f"./[{extras}]")


def test_a_lock_file_gives_pip_no_options(project: Project, evil: Evil) -> None:
    entry = {
        "name": "numlike",
        "version": f"2.0\n{injected(evil, project)}",
        "file_name": "x.whl",
        "sha256": SHA,
    }
    write_lock(project, {"numlike": entry})
    with pytest.raises(PyrunError, match="is not a version of numlike"):
        project.resolve("numlike", "six", lock_mode=LockMode.WRITE)
    assert not evil.has_run


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"file_name": "-rhttps://example.org/evil.whl"}, "not a file"),
        ({"file_name": "--find-links=x.whl"}, "not a file"),
        ({"file_name": "git+https://example.org/evil.whl"}, "not a file"),
        ({"file_name": "../../secret.whl"}, "not a file"),
        ({"file_name": "./%2e%2e/secret.whl"}, "not a file"),
        ({"file_name": "https://example.org/..%2F..%2Fevil.whl"}, "not a file"),
        ({"file_name": "https://example.org/..%5C..%5Cevil.whl"}, "not a file"),
        ({"file_name": "https://example.org/C%3Aevil.whl"}, "not a file"),
        ({"file_name": "https://example.org/evil%00.whl"}, "not a file"),
        ({"file_name": "https://example.org/evil%252F.whl"}, "not a file"),
        ({"file_name": "https://[evil.whl"}, "not a file"),
        ({"file_name": "data:x/evil.whl"}, "not a file"),
        ({"name": "../../small"}, "not the name of a package"),
        ({"name": "-r x"}, "not the name of a package"),
        ({"version": "1.0 --pre"}, "not a version"),
    ],
)
def test_a_lock_file_holds_names_and_nothing_else(
    project: Project, changes: dict[str, str], reason: str
) -> None:
    entry = {
        "name": "small",
        "version": "1.0",
        "file_name": "https://example.org/small-1.0.whl",
        "sha256": SHA,
    }
    write_lock(project, {"small": {**entry, **changes}})
    with pytest.raises(PyrunError, match=reason):
        project.resolve("small")


@pytest.mark.parametrize("checksum", ["../../..", ""])
def test_a_lock_file_without_a_checksum_publishes_nothing(project: Project, checksum: str) -> None:
    url = "https://example.org/small-1.0-py3-none-any.whl"
    write_lock(
        project,
        {"small": {"name": "small", "version": "1.0", "file_name": url, "sha256": checksum}},
    )
    resolved = project.resolve("small")
    assert resolved.packages == {}
    (problem,) = project.problems
    assert "no SHA-256 checksum of small" in problem


def test_a_lock_file_publishes_no_file_of_the_machine(project: Project) -> None:
    secret = project.folder / "id_rsa"
    secret.write_text("secret")
    write_lock(
        project,
        {"small": {"name": "small", "version": "1.0", "file_name": secret.as_uri(), "sha256": SHA}},
    )
    resolved = project.resolve("small")
    assert not [file for file in resolved.files if file.source == secret]
    assert len(project.problems) == 1


def write_lock(project: Project, packages: dict[str, dict[str, str]]) -> Path:
    """Write the lock file that a pull request changes."""
    path = project.folder / LOCK_NAME
    content = {"info": INFO, "packages": packages, "pyrun": {"requirements": ["small"]}}
    path.write_text(json.dumps(content))
    return path
