"""The modules that a site should have and does not, because their packages are not available in browsers."""

from collections.abc import Container, Iterable, Iterator, Mapping

from pyrun_core.packages.request.import_names import PACKAGE_OF
from pyrun_core.packages.request.installed import installed_modules
from pyrun_core.packages.request.requirements import Requirements

__all__ = ["find_missing"]


def find_missing(
    requirements: Requirements, published: Container[str], provided: Iterable[str]
) -> Mapping[str, str]:
    """The package for each module that is missing. ``provided`` are the modules that the site has."""
    lost = {module: name for module, name in requirements.modules.items() if name}
    for name in {*requirements.names.values(), *requirements.failed.values()}:
        for module in _modules_of(name):
            lost.setdefault(module, name)
    has = set(provided)
    return {module: name for module, name in lost.items() if name not in published and module not in has}


def _modules_of(name: str) -> Iterator[str]:
    """The modules of a package that cannot be opened: those that are installed here, or a guess."""
    yield from installed_modules(name)
    yield from (module for module, package in PACKAGE_OF.items() if package == name)
    yield name.replace("-", "_")
