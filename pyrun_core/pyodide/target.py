"""The Python that packages are resolved for: that of the site's Pyodide, not the one that builds the site."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import Version

__all__ = ["Target"]


@dataclass(frozen=True)
class Target:
    """A Python in a browser.

    ``python`` is its full version, ``platforms`` are the platform tags of the wheels it loads, best first,
    ``emscripten`` is the version of Emscripten.
    """

    python: str
    platforms: tuple[str, ...]
    emscripten: str

    @classmethod
    def of_lock(cls, info: Mapping[str, str]) -> "Target":
        """The target in the ``info`` of a Pyodide lock file.

        The tags are those of PEP 783, those that Pyodide used before it, and those of the wheels it ships.
        https://peps.python.org/pep-0783/
        """
        arch = info.get("arch", "wasm32")
        names = [f"{info['platform']}_{arch}"]
        if abi := info.get("abi_version"):
            names = [f"pyemscripten_{abi}_{arch}", f"pyodide_{abi}_{arch}", *names]
        emscripten = info["platform"].partition("_")[2].replace("_", ".")
        return cls(info["python"], tuple(names), emscripten)

    @property
    def label(self) -> str:
        """The target in messages: what a binary wheel has to be built for."""
        return f"Python {self.minor} on {self.platforms[0]}"

    @property
    def minor(self) -> str:
        """Major and minor version, with a dot."""
        return ".".join(self.python.split(".")[:2])

    @property
    def release(self) -> str:
        """The version of the release, which pip wants: that of a prerelease without its suffix."""
        return Version(self.python).base_version

    @property
    def abi(self) -> str:
        """The tag of the interpreter, such as ``cp314``."""
        return "cp" + self.minor.replace(".", "")

    @property
    def markers(self) -> dict[str, str]:
        """The values of environment markers (PEP 508)."""
        return {
            "implementation_name": "cpython",
            "implementation_version": self.python,
            "os_name": "posix",
            "platform_machine": "wasm32",
            "platform_python_implementation": "CPython",
            "platform_release": self.emscripten,
            "platform_system": "Emscripten",
            "platform_version": "#1",
            "python_full_version": self.python,
            "python_version": self.minor,
            "sys_platform": "emscripten",
        }

    @cached_property
    def _tags(self) -> frozenset[Tag]:
        version = tuple(map(int, self.minor.split(".")))
        return frozenset(
            [
                *cpython_tags(version, [self.abi], self.platforms),
                *compatible_tags(version, self.abi, self.platforms),
            ],
        )

    def why_not(self, file_name: str) -> str | None:
        """The reason why it cannot load a wheel with that file name. ``None`` if it can."""
        try:
            *_, tags = parse_wheel_filename(file_name)
        except InvalidWheelFilename:
            return f"{file_name} is not a valid file name of a wheel"
        if tags & self._tags:
            return None
        return f"{file_name} is not for {self.label}, nor for any platform (py3-none-any)"
