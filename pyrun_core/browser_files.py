"""The built browser files, which the wheel contains."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from pyrun_core.problems import PyrunError

__all__ = ["BrowserFiles", "OriginalLibrary", "bundled_files"]


@dataclass(frozen=True)
class OriginalLibrary:
    """The standard library of the bundled Pyodide as Pyodide publishes it. ``sha256`` is hexadecimal."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class BrowserFiles:
    """The folder that ``assets/build/build.mjs`` writes. File names carry a hash of their content."""

    folder: Path

    @cached_property
    def _manifest(self) -> dict[str, Any]:
        path = self.folder / "manifest.json"
        try:
            return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise PyrunError(
                f"pyrun's browser files have not been built: {path} does not exist. "
                "In a checkout, run 'npm ci && npm run build'; otherwise install pyrun-docs again.",
            ) from None

    @property
    def fingerprint(self) -> str:
        """What changes with any of the files: their names carry hashes."""
        return hashlib.sha256(json.dumps(self._manifest, sort_keys=True).encode()).hexdigest()

    @property
    def loader(self) -> str:
        """The script that every page with live examples loads."""
        return str(self._manifest["loader"])

    @property
    def style(self) -> str:
        """The style sheet that every page with live examples loads."""
        return str(self._manifest["style"])

    @property
    def output_style(self) -> str:
        """The style sheet that pages with stored outputs load."""
        return str(self._manifest["outputStyle"])

    @property
    def names(self) -> tuple[str, ...]:
        """All files that sites may serve, including script and style sheet, without Pyodide."""
        return tuple(self._manifest["files"])

    def names_for(self, languages: Collection[str]) -> list[str]:
        """Those that a site in these languages serves. English needs no file."""
        unused = {name for language, name in self._languages.items() if language not in languages}
        return [name for name in self.names if name not in unused]

    @property
    def _languages(self) -> dict[str, str]:
        """The files of texts by language."""
        return cast("dict[str, str]", self._manifest["languages"])

    @property
    def early_words(self) -> tuple[str, ...]:
        """The keys of the texts that a page shows before it loads its language."""
        return tuple(self._manifest["earlyWords"])

    def texts(self, language: str) -> dict[str, object]:
        """All texts in a language other than English, by their keys: text, or its plural forms."""
        path = self.folder / self._languages[language]
        return cast("dict[str, object]", json.loads(path.read_text(encoding="utf-8")))

    @property
    def compiler(self) -> Path:
        """The script with which Node.js and Pyodide write bytecode. It is not part of a site."""
        return self.folder / str(self._manifest["compiler"])

    @property
    def proof_main(self) -> Path:
        """The script with which Node.js runs the examples of a site. It is not part of a site."""
        return self.folder / str(self._manifest["proof"]["main"])

    @property
    def proof_lane(self) -> Path:
        """The script of its threads."""
        return self.folder / str(self._manifest["proof"]["lane"])

    @property
    def proof_page(self) -> Path:
        """The script with which a page of a browser runs them."""
        return self.folder / str(self._manifest["proof"]["page"])

    @property
    def proof_files(self) -> dict[str, str]:
        """The files of a site's worker that it needs: ``worker``, ``runtime`` and ``turtle``, by name."""
        return {name: str(self._manifest["proof"][name]) for name in ("worker", "runtime", "turtle")}

    @property
    def pyodide_version(self) -> str:
        """The version of the Pyodide core in `pyodide_folder`."""
        return str(self._manifest["pyodide"]["version"])

    @property
    def original_library(self) -> OriginalLibrary:
        """Its standard library on the CDN. The one in `pyodide_folder` has bytecode in addition."""
        library = self._manifest["pyodide"]["library"]
        return OriginalLibrary(str(library["sha256"]), int(library["bytes"]))

    @property
    def pyodide_folder(self) -> Path:
        """The folder of the bundled Pyodide core."""
        return self.folder / "pyodide"


def bundled_files() -> BrowserFiles:
    """The browser files of this installation."""
    return BrowserFiles(Path(__file__).parent / "browser")
