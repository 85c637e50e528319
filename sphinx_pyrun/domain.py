"""What pyrun keeps in Sphinx's environment, and what it knows during one build.

Sphinx pickles a domain's ``data`` with the environment, forgets a page in it before it reads the page again,
and merges it after reading in parallel. An `EnvironmentCollector` has the same hooks, but no place for data
except attributes of the environment.
"""

from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from pyrun_core.packages.publish.resolved import ResolvedSite
from pyrun_core.packages.request.page_requirements import PageRequirements
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.site import Site
from sphinx_pyrun.page import read_page

__all__ = ["PyrunDomain", "pyrun_domain", "setup_domain"]


class PyrunDomain(Domain):
    """The requirements of all pages, and the site that is being built. It has no roles or directives.

    Attributes are those of one build and are not pickled. ``site`` exists only where the builder makes live
    pages, ``resolved`` once all pages have been read. ``pyrun lock`` sets ``lock_mode`` before it reads
    pages.
    """

    name = "pyrun"
    label = "pyrun"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}

    site: Site
    resolved = ResolvedSite()
    lock_mode = LockMode.FOLLOW

    @property
    def pages(self) -> dict[str, PageRequirements]:
        """What each page with examples requires, by the name of the page."""
        return cast("dict[str, PageRequirements]", self.data["pages"])

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Read the options of a page, and what its examples require.

        Sphinx calls this before the event ``doctree-read``, at which it removes the docinfo.
        """
        del env
        requirements = read_page(docname, document)
        if requirements.examples:
            self.pages[docname] = requirements

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.pages.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        self.pages.update({name: page for name, page in otherdata["pages"].items() if name in docnames})

    def resolve_any_xref(self, *_: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: there is nothing here to refer to."""
        return []


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(PyrunDomain)


def pyrun_domain(env: BuildEnvironment) -> PyrunDomain:
    """The domain of an environment."""
    return cast("PyrunDomain", env.get_domain(PyrunDomain.name))
