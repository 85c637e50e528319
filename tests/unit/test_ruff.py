"""Ruff for browsers: downloaded once, known by its checksums, and served only by sites that use it."""

from __future__ import annotations

import io
import urllib.error
from email.message import Message
from typing import TYPE_CHECKING, Any

import pytest

from pyrun_core.cache import sha256_of
from pyrun_core.examples.example import make_example
from pyrun_core.examples.page_requirements import DeclaredEntries, PageRequirements, SiteRequirements
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.options.page_packages import PagePackages
from pyrun_core.problems import Location, PyrunError
from pyrun_core.settlement import ruff

if TYPE_CHECKING:
    from pathlib import Path


class Answer(io.BytesIO):
    """An answer of the CDN."""

    headers = Message()


def cdn(files: dict[str, bytes]) -> Any:  # noqa: ANN401 - as `urlopen`
    """Open URLs of a CDN with these files."""
    return lambda request, timeout: Answer(files[request.full_url.rpartition("/")[2]])  # noqa: ARG005


def unreachable(*_: object, **__: object) -> None:
    """No server answers, and npm is not installed."""
    raise urllib.error.URLError("no network")


def downloads(folder: Path, open_url: Any) -> KeptDownloads:  # noqa: ANN401
    """Keep downloads in a folder."""
    return KeptDownloads(folder, lambda _: None, open_url=open_url)


@pytest.mark.parametrize("source", ["CDN", "npm", "npm, because the CDN has another file"])
def test_ruff_comes_from_the_cdn_or_else_from_npm_and_then_from_the_cache(
    tmp_path: Path, small_ruff: dict[str, bytes], source: str
) -> None:
    of_cdn = {"CDN": cdn(small_ruff), "npm": unreachable}
    open_url = of_cdn.get(source, cdn(dict.fromkeys(small_ruff, b"other")))
    run_npm = unreachable if source == "CDN" else None
    for sources in [(open_url, run_npm), (unreachable, unreachable)]:
        found = ruff.copy_ruff(downloads(tmp_path, sources[0]), sources[1])
        assert {path.name: path.read_bytes() for path in found.paths.values()} == small_ruff
    served = {file.target.rpartition("/")[2]: sha256_of(file.source) for file in found.files}
    assert served["ruff_wasm_bg.wasm"] == found.module.sha256


@pytest.mark.usefixtures("small_ruff")
def test_without_ruff_the_message_names_the_ways_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(PyrunError, match=r"no network.*keep pyrun's cache; or put .* of the npm package"):
        ruff.copy_ruff(downloads(tmp_path, unreachable), unreachable)


def test_another_file_under_the_same_name_is_refused(tmp_path: Path, small_ruff: dict[str, bytes]) -> None:
    open_url = cdn({**small_ruff, "ruff_wasm_bg.wasm": b"other"})
    with pytest.raises(PyrunError, match="is not the file that this version of pyrun knows"):
        ruff.copy_ruff(downloads(tmp_path, open_url), unreachable)


def test_only_examples_that_readers_edit_need_a_formatter() -> None:
    def needed(**block: object) -> str:
        example = make_example(
            "1", site={"format": "ruff"}, page={}, block=block, file="page", location=Location("page")
        )
        return example.requirements.formatter

    assert needed() == "ruff"
    assert needed(format="black") == "black"
    others: list[dict[str, object]] = [{"readonly": True}, {"console": True}, {"hidden": True}]
    assert [needed(**block) for block in [*others, {"format": ""}]] == [""] * 4


def test_black_is_a_package_of_sites_that_use_it() -> None:
    block = {"format": "black"}
    example = make_example("1", site={}, page={}, block=block, file="page", location=Location("page", 3))
    page = PageRequirements("page", examples=(example.requirements,))
    site = SiteRequirements(DeclaredEntries((), Location("conf.py")), (page,), PagePackages())
    assert DeclaredEntries(("black",), Location("page", 3)) in list(site.declared())
    assert site.formatters() == {"black": Location("page", 3)}
