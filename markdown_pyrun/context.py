"""What an example has to know of its page and site.

A host passes it to the extension with its configuration. It is frozen, so every Markdown instance keeps the
page that it was made for, also an instance that another plugin makes for an excerpt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_pyrun.deferred_packages import TOKEN_ATTRIBUTE, DeferredPackages
from pyrun_core.examples.checks import check_packages
from pyrun_core.options.declare import Values
from pyrun_core.packages.publish.resolved import CellPackages, ResolvedSite
from pyrun_core.packages.request.page_requirements import ExampleRequirements
from pyrun_core.problems import Location, Problem
from pyrun_core.site import Site

__all__ = ["Page"]


@dataclass(frozen=True)
class Page:
    """The page that Markdown works on. ``folder`` is the folder of its file, if the host tells.

    ``lines`` are those of the whole file, front matter included; empty if the host does not know them.
    ``deferred`` collects requirements for a host that resolves packages once all pages are rendered; it is
    ``None`` where no plugin does so.
    """

    site: Site
    file: str
    lines: Sequence[str] = ()
    values: Values = field(default_factory=dict)
    folder: Path | None = None
    deferred: DeferredPackages | None = None

    def package_attributes(self, example: ExampleRequirements, *, is_first: bool) -> dict[str, str]:
        """The attributes of an example for its packages, or a token until those are resolved."""
        if self.deferred is not None:
            return {TOKEN_ATTRIBUTE: self.deferred.add_example(self.file, example, is_first=is_first)}
        declared = example.declared
        check_packages(declared.entries, self.site.distribution, self.site.report, declared.location)
        entries = (*self.site.packages, *self.values.get("packages", ()))
        cell = CellPackages(entries, (), declared.entries)
        return ResolvedSite().attributes(cell, is_first=is_first)

    def files_attribute(self, patterns: tuple[str, ...], location: Location) -> str:
        """The attribute of an example for its files."""
        if not patterns:
            return ""
        if self.folder is None:
            message = "files: only the plugin can add files to the site. Without it, put data into the code"
            self.site.report(Problem.FILES, message, location)
            return ""
        example_files = self.site.example_files
        return example_files.attribute(example_files.find(patterns, self.folder, location))
