"""The Python that packages are chosen for: the one of the site's Pyodide, not the one that builds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename

__all__ = ["Target"]


@dataclass(frozen=True)
class Target:
    """A Python in a browser.

    ``python`` is its whole version, ``platforms`` the tags of wheels it takes, best first,
    ``emscripten`` the version of that.
    """

    python: str
    platforms: tuple[str, ...]
    emscripten: str

    @classmethod
    def of_lock(cls, info: Mapping[str, str]) -> "Target":
        """What the ``info`` of a Pyodide lock file says.

        The tags are those of PEP 783, of Pyodide before it, and of wheels that Pyodide ships.
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
        """For messages: what a binary wheel has to be made for."""
        return f"Python {self.minor} on {self.platforms[0]}"

    @property
    def minor(self) -> str:
        """Major and minor version, with a dot."""
        return ".".join(self.python.split(".")[:2])

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
        """Why it cannot load a wheel of that name; ``None`` if it can."""
        try:
            *_, tags = parse_wheel_filename(file_name)
        except InvalidWheelFilename:
            return f"{file_name} is not named as wheels are"
        if tags & self._tags:
            return None
        return f"{file_name} is not for {self.label}, nor for any platform (py3-none-any)"
