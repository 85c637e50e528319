"""The packages that are installed in the environment that builds the documentation, and their modules."""

from importlib.metadata import packages_distributions

from packaging.utils import canonicalize_name

__all__ = ["installed_modules", "installed_owners"]


def installed_owners(module: str) -> list[str]:
    """The packages that provide a module."""
    return sorted({canonicalize_name(name) for name in packages_distributions().get(module, ())})


def installed_modules(package: str) -> list[str]:
    """The modules that a package provides, by its canonical name."""
    return sorted(
        module
        for module, names in packages_distributions().items()
        if package in {str(canonicalize_name(name)) for name in names}
    )
