"""Imports for which no package was declared: the reader would meet a ModuleNotFoundError."""

from collections.abc import Mapping

from pyrun_core.options.package_entries import AUTO
from pyrun_core.packages.request.imports import is_in_python
from pyrun_core.packages.request.page_requirements import PageNeeds, SiteNeeds
from pyrun_core.packages.request.requirements import Asked
from pyrun_core.problems import Problem, Report
from pyrun_core.pyodide.lock import Lock, Package, closed_set

__all__ = ["find_undeclared"]


def find_undeclared(
    needs: SiteNeeds,
    asked: Asked,
    packages: Mapping[str, Package],
    known: Lock,
    report: Report,
) -> tuple[str, ...]:
    """The packages that examples import without their pages having asked for them; each is reported.

    Only known ones: of any other module nobody can tell whether a package has it. An import inside
    ``try: ... except ImportError`` is none that has to work.
    """
    site = Lock(known.info, packages)
    everything = {**known.packages, **packages}
    found: dict[str, None] = {}
    for page in needs.pages:
        loaded = _modules(page, needs, asked, everything)
        for example in page.examples:
            for imported in example.imports:
                module = imported.module
                if imported.guarded or module in loaded or is_in_python(module, known.owners):
                    continue
                owners = site.owners.get(module) or known.owners.get(module) or ()
                if not owners or owners[0] not in everything:
                    continue
                report(
                    Problem.UNDECLARED,
                    f"line {imported.line} of the example imports {module}, and no option 'packages' here "
                    f"asks for {owners[0]}. Add it to those of the page or of the example, or write 'auto'",
                    example.declared.location,
                )
                found[owners[0]] = None
    return tuple(found)


def _modules(
    page: PageNeeds,
    needs: SiteNeeds,
    asked: Asked,
    packages: Mapping[str, Package],
) -> frozenset[str]:
    """What can be imported somewhere in the page."""
    words = {*needs.site.words, *page.words, *(w for each in page.examples for w in each.declared.words)}
    names = [asked.names[word] for word in words if word in asked.names]
    if AUTO in words:
        names += [name for each in page.imports if (name := asked.modules.get(each.module))]
    loaded = closed_set(names, packages)
    return frozenset(module for name in loaded for module in packages[name].imports)
