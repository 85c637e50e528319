"""The forge's workflows only call commands that run anywhere, with few permissions and without secrets."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tools.check_tag import problems

PROJECT = Path(__file__).resolve().parent.parent.parent
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*"))
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):(?!=)", MAKEFILE, re.MULTILINE))

WRITERS = {
    ("docs.yml", "publish"): {"pages": "write", "id-token": "write"},
    ("release.yml", "publish"): {"id-token": "write"},
}
"""The jobs with additional permissions. They check out no code and run no command."""

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-02-03\n\n- A line.\n"

each_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)


def jobs_of(workflow: Path) -> dict[str, dict[str, Any]]:
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]
    return jobs


def steps_of(workflow: Path) -> list[dict[str, Any]]:
    return [step for job in jobs_of(workflow).values() for step in job.get("steps", [])]


def test_there_are_workflows() -> None:
    assert {path.name for path in WORKFLOWS} == {"ci.yml", "docs.yml", "release.yml"}


@each_workflow
def test_a_workflow_runs_only_make_targets_and_what_ci_runs(workflow: Path) -> None:
    for command in [step["run"] for step in steps_of(workflow) if "run" in step]:
        if command == ".ci/run":
            assert os.access(PROJECT / command, os.X_OK)
        else:
            make, target = command.split()
            assert make == "make"
            assert target in TARGETS


@each_workflow
def test_actions_are_pinned_to_a_major_version(workflow: Path) -> None:
    used = [step["uses"] for step in steps_of(workflow) if "uses" in step]
    assert used or workflow.name == "ci.yml"
    assert [name for name in used if not re.fullmatch(r"[\w-]+/[\w-]+@(v\d+|release/v\d+)", name)] == []


@each_workflow
def test_workflows_only_read_and_publishing_jobs_may_write(workflow: Path) -> None:
    assert yaml.safe_load(workflow.read_text(encoding="utf-8"))["permissions"] == {"contents": "read"}
    for name, job in jobs_of(workflow).items():
        assert job.get("permissions") == WRITERS.get((workflow.name, name))
        if "permissions" in job:
            assert not any("run" in step or "checkout" in step["uses"] for step in job["steps"])


@each_workflow
def test_a_workflow_names_no_secret_and_no_host(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    assert not re.search(r"secrets\.|token:\s*\$|password|://|\w\.(org|com|io)\b", text)


@each_workflow
def test_text_from_others_never_becomes_part_of_a_command(workflow: Path) -> None:
    assert not any("${{" in step.get("run", "") for step in steps_of(workflow))


def test_a_tag_that_matches_the_dated_version_may_be_released() -> None:
    assert problems("v1.2.0", "1.2.0", CHANGELOG) == []


@pytest.mark.parametrize("tag", ["", "1.2.0", "v1.2.1", "v1.2.0rc1"])
def test_another_tag_may_not_be_released(tag: str) -> None:
    (problem,) = problems(tag, "1.2.0", CHANGELOG)
    assert "expected 'v1.2.0'" in problem


def test_a_version_may_not_be_released_while_the_changelog_lists_unreleased_changes() -> None:
    unreleased = CHANGELOG.replace("## [Unreleased]\n", "## [Unreleased]\n\n- Something new.\n")
    (problem,) = problems("v1.2.0", "1.2.0", unreleased)
    assert "lists changes as unreleased" in problem


@pytest.mark.parametrize("heading", ["## [1.2.0]", "## [1.2.0] - soon", "## [11.2.0] - 2026-02-03"])
def test_a_version_without_a_dated_section_may_not_be_released(heading: str) -> None:
    (problem,) = problems("v1.2.0", "1.2.0", CHANGELOG.replace("## [1.2.0] - 2026-02-03", heading))
    assert "no dated section" in problem
