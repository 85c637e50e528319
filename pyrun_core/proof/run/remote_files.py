"""Files that a site loads from another server, such as a CDN: downloaded before its examples run, and kept.

The process that runs examples has no network.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pyrun_core.cache import cache_folder
from pyrun_core.kept_download import KeptDownloads
from pyrun_core.packages.publish.published_package import is_url
from pyrun_core.proof.outcomes import PageJob
from pyrun_core.settlement.folder import SETTLEMENT_FILE

__all__ = ["download_remote_files"]


def download_remote_files(site: Path, jobs: Sequence[PageJob]) -> dict[str, Path]:
    """The files that these pages load from other servers, by their URLs. ``site`` is pyrun's folder.

    A file that an earlier build has downloaded is not compared with the server's: the settlement of the site
    has its checksum.

    Raises:
        DownloadError: a file cannot be downloaded.
        PyrunError: the cache cannot be written.
    """
    content: dict[str, Any] = json.loads((site / SETTLEMENT_FILE).read_text(encoding="utf-8"))
    downloads = KeptDownloads(cache_folder(), lambda _: None)
    found = {}
    for url, integrity in _needed(content, jobs):
        if is_url(url):
            sha256 = base64.b64decode(integrity.partition("-")[2]).hex()
            found[url] = (downloads.kept(url, sha256) or downloads.fetch(url)).path
    return found


def _needed(content: dict[str, Any], jobs: Sequence[PageJob]) -> Iterator[tuple[str, str]]:
    """The URLs and checksums of what the pages load."""
    for url, integrity in content["pyodide"]["files"].values():
        yield url, integrity
    if content["lock"]:
        yield content["lock"]["url"], content["lock"]["integrity"]
    packages = content["packages"]
    ids = {cell.get("data-requirements") for job in jobs for cell in job.cells}
    examples = [{"start": content["start"]}, *(content["examples"].get(key, {}) for key in ids)]
    names = {name for example in examples for part in ("start", "run") for name in example.get(part, ())}
    left = sorted(names)
    while left:
        package = packages.get(left.pop())
        if package is None:
            continue
        yield package["url"], package["integrity"]
        new = set(package["depends"]) - names
        names |= new
        left += sorted(new)
    for example in examples:
        for _, url, _, integrity, *_ in example.get("files", ()):
            yield url, integrity
