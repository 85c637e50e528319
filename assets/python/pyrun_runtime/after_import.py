"""Patches to modules that are applied when the modules are imported."""

import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

__all__ = ["after_import"]

Patch = Callable[[ModuleType], None]


def after_import(name: str, patch: Patch) -> None:
    """Call ``patch`` with the module as soon as it has been imported, and whenever that happens again."""
    if name in sys.modules:
        patch(sys.modules[name])
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)
    _finder.patches[name].append(patch)


class _Finder(MetaPathFinder):
    """Finds modules that have patches, through the other finders.

    A patch stays when its import has failed: the reader may load the package and run the code again.
    """

    def __init__(self) -> None:
        self.patches: dict[str, list[Patch]] = defaultdict(list)
        self._searched: set[str] = set()

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """The spec of the module, with a loader that patches it."""
        if fullname not in self.patches or fullname in self._searched:
            return None
        self._searched.add(fullname)
        try:
            spec = find_spec(fullname)
        finally:
            self._searched.remove(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _PatchingLoader(spec.loader, self.patches[fullname])
        return spec


class _PatchingLoader(Loader):
    """Loads a module through another loader, then patches it."""

    def __init__(self, loader: Loader, patches: Sequence[Patch]) -> None:
        self._loader = loader
        self._patches = patches

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - `get_code`, `get_data` and others
        if name == "_loader":  # it is being copied
            raise AttributeError(name)
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Create it through the other loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run its code, then patch it."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader  # code that reads a module's loader gets the real one
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        for patch in self._patches:
            patch(module)


_finder = _Finder()
