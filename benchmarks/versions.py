"""The versions of the software that the benchmarks measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.chromium import Reader
from benchmarks.peers.comparing import ALL_PEERS
from benchmarks.sites import NPM_PYODIDE, full_pyodide, pyodide_version
from pyrun_core import __version__

if TYPE_CHECKING:
    from benchmarks.bench import Bench

__all__ = ["versions"]


def versions(bench: Bench) -> dict[str, str]:
    """The versions by the name of the software."""
    with Reader.with_profile(bench.driver, bench.new_profile("version")) as reader:
        return {
            "pyrun": __version__,
            "Chromium": reader.version,
            "Pyodide of pyrun": pyodide_version(NPM_PYODIDE),
            "Pyodide with packages": pyodide_version(full_pyodide()),
            **{peer.name: peer.requirements[0].partition("==")[2] for peer in ALL_PEERS},
        }
