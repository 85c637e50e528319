"""A project with an index in a folder."""

from tests.packages.conftest import project

__all__ = ["project"]
