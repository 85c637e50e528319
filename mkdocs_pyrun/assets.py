"""The browser files in a MkDocs site, and the tags that load them."""

from collections.abc import Iterable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_relative_url

from pyrun_core.browser_files import bundled_files
from pyrun_core.examples.render import ELEMENT, page_assets
from pyrun_core.site_file import SiteFile

__all__ = ["add_files", "any_page_is_live", "load_on_every_page", "navigates_instantly", "with_assets"]

_FOLDER = "assets/pyrun/"
_HEAD_ENDS = "</head>"


def any_page_is_live(files: Files) -> bool:
    """Whether an example is on any page, drafts included, or on one that a dirty build left as it was."""
    rendered = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    expected = files.documentation_pages()
    return any(file.page and _is_live(file.page.content or "") for file in rendered) or any(
        file.page and file.page.content is None for file in expected
    )


def add_files(files: Files, config: MkDocsConfig, site_files: Iterable[SiteFile]) -> None:
    """Add everything that live pages load to what MkDocs copies into the site."""
    for file in site_files:
        uri = _FOLDER + file.target
        # Included, whatever patterns the author excludes from the documents.
        generated = File.generated(
            config,
            uri,
            abs_src_path=str(file.source),
            inclusion=InclusionLevel.INCLUDED,
        )
        files.append(generated)


def navigates_instantly(config: MkDocsConfig) -> bool:
    """Whether the site's pages replace each other without loading their own scripts.

    Material's instant navigation fetches a page and moves its nodes; scripts in the head of a
    page that was parsed that way never run.
    """
    return "navigation.instant" in (config.theme.get("features") or ())


def load_on_every_page(config: MkDocsConfig) -> None:
    """Have the theme load the files on all pages, so that they are there wherever a reader goes."""
    browser_files = bundled_files()
    config.extra_css.append(_FOLDER + browser_files.style)
    config.extra_javascript.append(_FOLDER + browser_files.loader)


def with_assets(html: str, page_url: str) -> str:
    """A finished page with the tags that its examples need; a page without any as it is."""
    if not _is_live(html):
        return html
    browser_files = bundled_files()
    folder = get_relative_url(_FOLDER, page_url)
    tags = page_assets(folder, browser_files.loader, browser_files.style)
    before, head_ends, after = html.partition(_HEAD_ENDS)
    # A minifier may have left out the end of the head; style sheets and scripts may stand in a body.
    return before + tags + head_ends + after if head_ends else html + tags


def _is_live(html: str) -> bool:
    return f"<{ELEMENT} " in html
