"""What pyrun keeps in Sphinx's environment, and what it knows during one build.

Sphinx pickles a domain's ``data`` with the environment, forgets a page in it before it reads the page again,
and merges it after reading in parallel. An `EnvironmentCollector` has the same hooks, but no place for data
except attributes of the environment.
"""

from collections.abc import Set as AbstractSet
from pathlib import Path, PurePath
from typing import Any, ClassVar, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from pyrun_core.examples.page_requirements import PageRequirements
from pyrun_core.live.left_alone import LeftAlone
from pyrun_core.live.try_examples import TryExamples, find_try_examples
from pyrun_core.outputs.stored import StoredOutput
from pyrun_core.packages.resolve_site import LockMode
from pyrun_core.problems import Location
from pyrun_core.settlement.folder import PyrunFolder
from pyrun_core.settlement.settlement import Settlement
from pyrun_core.site import Site
from sphinx_pyrun.conditions import ShownContent
from sphinx_pyrun.config import site_values
from sphinx_pyrun.live.mark import mark_blocks
from sphinx_pyrun.page import read_page, read_page_settings
from sphinx_pyrun.report import report
from sphinx_pyrun.settings import ReadPage, requirements_of, stores_output

__all__ = ["PyrunDomain", "pyrun_domain", "setup_domain"]


class PyrunDomain(Domain):
    """The examples of all pages, and the site that is being built. It has no roles or directives.

    Attributes are those of one build and are not pickled. ``builder`` writes the pages, ``shown`` is what the
    build shows. ``site`` exists only where the builder makes live pages or runs examples, ``settlement`` and
    ``folder`` once all pages have been read. ``try_examples`` are the settings of jupyterlite-sphinx.
    ``pyrun lock`` sets ``lock_mode`` before it reads pages, and ``pyrun check`` sets ``is_to_check``, because
    it checks the examples after it has read them.
    """

    name = "pyrun"
    label = "pyrun"
    data_version = 7
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "ordinary": {}, "left_alone": {}, "outputs": {}}

    builder: Builder
    shown: ShownContent
    try_examples: TryExamples
    site: Site
    settlement: Settlement
    folder: PyrunFolder
    lock_mode = LockMode.FOLLOW
    is_to_check = True

    @property
    def _pages(self) -> dict[str, ReadPage]:
        """Each page with examples, by its name."""
        return cast("dict[str, ReadPage]", self.data["pages"])

    def shown_pages(self) -> dict[str, PageRequirements]:
        """What each page requires in which this build shows an example, by the name of the page.

        The names are sorted, because the order in which Sphinx reads pages varies.
        """
        site = site_values(self.env.config)
        pages = {
            name: requirements_of(name, page, site, self.shown) for name, page in sorted(self._pages.items())
        }
        return {name: page for name, page in pages.items() if page.examples}

    def pages_by_option(self) -> frozenset[str]:
        """The names of the pages on which the option ``live`` has made examples."""
        return frozenset(name for name, page in self._pages.items() if page.by_option)

    def left_alone(self) -> list[LeftAlone]:
        """The blocks that the option ``live`` finds and that stay as they are, in the order of the pages."""
        return [each for _, page in sorted(self.data["left_alone"].items()) for each in page]

    def ordinary_examples(self) -> frozenset[str]:
        """The keys of the examples that stay ordinary blocks, because a check has not proven them."""
        return frozenset().union(*self.data["ordinary"].values())

    def keep_ordinary(self, pages: dict[str, frozenset[str]]) -> list[str]:
        """Keep these examples ordinary blocks, by the names of their pages. Returns the pages that change."""
        before = self.data["ordinary"]
        self.data["ordinary"] = {name: keys for name, keys in pages.items() if keys}
        names = sorted(before.keys() | pages.keys())
        return [name for name in names if before.get(name, frozenset()) != pages.get(name, frozenset())]

    def pages_with_outputs(self) -> frozenset[str]:
        """The names of the pages of this build that show the output of an example before the first run."""
        site = site_values(self.env.config)
        return frozenset(
            name
            for name, page in self._pages.items()
            for settings, _ in page.examples
            if self.shown.shows(settings["conditions"]) and stores_output(settings, site, self.shown)
        )

    def outputs(self) -> list[StoredOutput]:
        """All outputs that a builder has stored."""
        stored = (output for pages in self.data["outputs"].values() for output in pages.values())
        return [output for outputs in stored for output in outputs.values()]

    def outputs_of(self, builder: str) -> dict[str, StoredOutput]:
        """The outputs that the pages of a builder show, by the keys of their examples."""
        pages: dict[str, dict[str, StoredOutput]] = self.data["outputs"].get(builder, {})
        return {key: output for outputs in pages.values() for key, output in outputs.items()}

    def keep_outputs(self, builder: str, pages: dict[str, dict[str, StoredOutput]]) -> list[str]:
        """Keep the outputs of a builder by the names of its pages. Returns the pages that change."""
        before = self.data["outputs"].get(builder, {})
        after = {name: outputs for name, outputs in pages.items() if outputs}
        self.data["outputs"][builder] = after
        names = sorted(before.keys() | after.keys())
        return [name for name in names if before.get(name) != after.get(name)]

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Read the options of a page, and its examples.

        Sphinx calls this before the event ``doctree-read``, at which it removes the docinfo.
        """
        file = PurePath(env.doc2path(docname, base=False)).as_posix()
        settings = read_page_settings(document)
        left: list[LeftAlone] = []

        def leave(location: Location, why: str) -> None:
            left.append(LeftAlone(file, location, why))

        is_ignored = self._is_ignored(env, docname)
        mark_blocks(env, docname, document, settings, is_ignored=is_ignored, leave=leave)
        if left:
            self.data["left_alone"][docname] = left
        page = read_page(file, document, settings)
        if page.examples:
            self._pages[docname] = page

    def _is_ignored(self, env: BuildEnvironment, docname: str) -> bool:
        """Whether the settings of jupyterlite-sphinx say that the blocks of a page stay as they are."""
        return self.try_examples.ignores(f"{docname}.html", env.config.html_baseurl)

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self._pages.pop(docname, None)
        self.data["left_alone"].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process has read."""
        for kind in ("pages", "left_alone"):
            self.data[kind].update({name: each for name, each in otherdata[kind].items() if name in docnames})

    def resolve_any_xref(self, *_: object) -> list[tuple[str, nodes.reference]]:
        """Nothing: there is nothing here to refer to."""
        return []


def setup_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(PyrunDomain)
    app.connect("builder-inited", prepare_domain)


def prepare_domain(app: Sphinx) -> None:
    """Tell the domain what the build shows."""
    domain = pyrun_domain(app.env)
    domain.builder = app.builder
    domain.shown = ShownContent(app)
    folders = [Path(app.srcdir), Path(app.confdir)]
    extra = [Path(app.confdir, name) for name in app.config.html_extra_path]
    domain.try_examples = find_try_examples([*folders, *extra], report)


def pyrun_domain(env: BuildEnvironment) -> PyrunDomain:
    """The domain of an environment."""
    return cast("PyrunDomain", env.get_domain(PyrunDomain.name))
