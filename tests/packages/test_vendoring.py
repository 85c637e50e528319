"""Which host provides the files of packages."""

from __future__ import annotations

import json

from pyrun_core.options.choices import Vendor
from tests.packages.conftest import Project, distribution
from tests.packages.wheels import make_wheel


def test_a_cdn_provides_its_packages_and_the_site_all_others(project: Project) -> None:
    make_wheel(project.index, "other", requires=["numpy"])
    cdn = "https://cdn.jsdelivr.net/pyodide/v314.0.7/full/"
    resolved = project.resolve("other", distribution=distribution("cdn"))
    assert resolved.packages["numpy"].url.startswith(f"{cdn}numpy-")
    assert resolved.packages["other"].url.startswith("packages/")
    lock = json.loads(resolved.files[-1].source.read_text())
    assert lock["packages"]["pandas"]["file_name"].startswith(f"{cdn}pandas-")


def test_false_leaves_files_on_the_web_but_copies_local_ones(project: Project) -> None:
    make_wheel(project.index, "other", requires=["numpy"])
    resolved = project.resolve("other", distribution=distribution("bundled"), vendor=Vendor.NEVER)
    assert resolved.packages["numpy"].url.startswith("https://cdn.jsdelivr.net/")
    assert resolved.packages["other"].file is not None


def test_true_copies_every_file_into_the_site_from_a_folder_of_wheels(project: Project) -> None:
    resolved = project.resolve("numlike", vendor=Vendor.ALWAYS)
    assert resolved.packages["numlike"].file is not None
