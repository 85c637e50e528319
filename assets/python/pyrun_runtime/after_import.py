"""Changes to a module that can be made only when somebody has imported it."""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

__all__ = ["after_import"]

Mend = Callable[[ModuleType], None]


def after_import(name: str, mend: Mend) -> None:
    """Call ``mend`` with the module as soon as it has been imported, and never if nobody does."""
    if name in sys.modules:
        mend(sys.modules[name])
    else:
        sys.meta_path.insert(0, _Finder(name, mend))


class _Finder(MetaPathFinder):
    """Finds one module, by asking the others, and leaves."""

    def __init__(self, name: str, mend: Mend) -> None:
        self._name = name
        self._mend = mend

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        """Say how to load the module, and let it be mended then."""
        if fullname != self._name:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _Mending(spec.loader, self._mend)
        return spec


class _Mending(Loader):
    """Loads as another loader does, and mends what that has loaded."""

    def __init__(self, loader: Loader, mend: Mend) -> None:
        self._loader = loader
        self._mend = mend

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Create it as the other loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Run its code, then mend it."""
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader  # what asks a module for its loader gets the real one
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._mend(module)
