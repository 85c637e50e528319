"""Writes which modules of the standard library a start imports, for `pyrun_core.pyodide.library_parts`.

    python -m tools.trace_start --write

Run it after an upgrade of Pyodide, and after pyrun's runtime has begun to import other modules. Without
``--write`` it prints the names.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from pyrun_core.browser_files import bundled_files
from pyrun_core.finish.finisher import Finisher
from pyrun_core.problems import Location
from pyrun_core.proof.outcomes import PageJob
from pyrun_core.proof.run.node import NodeRunner
from pyrun_core.pyodide.library_parts import PROFILE
from pyrun_core.pyodide.lock import FILE_NAME, read_lock_file
from pyrun_core.site import prepare_site

_CODE = """
import sys
from zipimport import zipimporter

specs = (getattr(module, "__spec__", None) for module in list(sys.modules.values()))
read = (spec for spec in specs if isinstance(getattr(spec, "loader", None), zipimporter))  # others are frozen
print("\\n".join(spec.origin for spec in read if spec.origin.startswith("/lib/python")))
"""

_PAGE = f'<html><head></head><body><pre><code class="language-pyrun">{_CODE}</code></pre></body></html>'


def start_files() -> list[str]:
    """The bytecode in the library that Python reads until an example runs that imports nothing."""
    with tempfile.TemporaryDirectory(prefix="pyrun-") as scratch:
        folder = Path(scratch).resolve()
        (folder / "index.html").write_text(_PAGE, encoding="utf-8")
        site = prepare_site(
            {},
            base=folder,
            documents=folder,
            location=Location("pyrun.toml", 1),
            report=lambda _, message, __: print(message),
            log=lambda _: None,
        )
        Finisher(folder, site, has_plain_blocks=True, is_served=False).finish()
        job = PageJob("index", ({"data-page": "index", "data-source": _CODE},), frozenset())
        (outcome,) = NodeRunner(lanes=1).run(folder / "assets" / "pyrun", [job], lambda _: None)
    (cell,) = outcome.cells
    if cell is None or cell.ending != "done":
        raise SystemExit(f"the example failed: {cell}")
    paths = "".join(part.text for part in cell.parts).split()
    return sorted({path.partition(".zip/")[2] for path in paths})


def profile() -> str:
    """The content of the file: the version of the Python that was traced, and the names."""
    lock = read_lock_file(bundled_files().pyodide_folder / FILE_NAME)
    return json.dumps({"python": lock.info["python"], "files": start_files()}, indent=1) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PROFILE.name}")
    found = profile()
    if parser.parse_args().write:
        PROFILE.write_text(found, encoding="utf-8")
    else:
        print(found, end="")
