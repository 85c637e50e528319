"""Building from source uses the system's Node.js if it is suitable, otherwise the package index's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from hatch_build import LEAST_NODE_MAJOR, NODE_FROM_INDEX, find_npm
from tests.building import pip

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENTS = "import json, hatchling.build; print(json.dumps(hatchling.build.get_requires_for_{}()))"


def make_commands(folder: Path, **scripts: str) -> Path:
    """Programs for a PATH, each a line of shell."""
    folder.mkdir()
    for name, script in scripts.items():
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    return folder


SYSTEMS = {
    "has no Node.js": ({}, [NODE_FROM_INDEX]),
    "has Node.js without npm": ({"node": "echo v22.1.0"}, [NODE_FROM_INDEX]),
    "has npm without Node.js": ({"npm": "exit 1"}, [NODE_FROM_INDEX]),
    "has an old Node.js": ({"node": "echo v18.20.4", "npm": ""}, [NODE_FROM_INDEX]),
    "has a Node.js that does not start": ({"node": "exit 1", "npm": ""}, [NODE_FROM_INDEX]),
    "has the oldest suitable Node.js": ({"node": f"echo v{LEAST_NODE_MAJOR}.0.0", "npm": ""}, []),
    "has a newer Node.js": ({"node": "echo v100.0.0", "npm": ""}, []),
}


@pytest.mark.parametrize(("scripts", "expected"), SYSTEMS.values(), ids=SYSTEMS)
@pytest.mark.parametrize("build", ["build_wheel", "build_editable"])
def test_a_build_requires_node_if_the_system(
    build: str, scripts: dict[str, str], expected: list[str], project: Path, tmp_path: Path
) -> None:
    commands = make_commands(tmp_path / "bin", **scripts)
    run = subprocess.run(
        [sys.executable, "-c", REQUIREMENTS.format(build)],
        cwd=project,
        env={**os.environ, "PATH": str(commands)},
        capture_output=True,
        text=True,
        check=True,
    )
    required = json.loads(run.stdout)  # an editable install also requires one of hatchling's
    assert [requirement for requirement in required if requirement.startswith("nodejs")] == expected


def test_a_source_distribution_does_not_need_node(project: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", REQUIREMENTS.format("build_sdist")],
        cwd=project,
        env={**os.environ, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout) == []


def test_node_in_the_build_environment_is_preferred_to_an_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = make_commands(tmp_path / "old", node="echo v18.20.4", npm="")
    of_build = make_commands(tmp_path / "build", node="echo v24.0.0", npm="")
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, (of_build, old))))
    assert find_npm() == str(of_build / "npm")


def test_building_without_node_and_without_isolation_fails_with_one_clear_sentence(
    source: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PATH": ""}
    run = pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, source, env=environment)
    assert run.returncode != 0
    output = run.stdout + run.stderr
    assert "building from source needs Node.js 20 or newer and npm" in output
    assert "leave out --no-build-isolation" in output
    assert "Traceback" not in output


def test_the_same_node_is_required_everywhere(project: Path) -> None:
    pyproject = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    assert pyproject["dependency-groups"]["node"] == [NODE_FROM_INDEX]
    assert pyproject["project"]["optional-dependencies"]["node"] == [NODE_FROM_INDEX]
    package = json.loads((project / "package.json").read_text(encoding="utf-8"))
    assert package["engines"]["node"] == f">={LEAST_NODE_MAJOR}"
