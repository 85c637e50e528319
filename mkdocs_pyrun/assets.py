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
    """Whether any page has an example. Drafts count, and so do pages that a dirty build skips."""
    rendered = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    expected = files.documentation_pages()
    return any(file.page and _is_live(file.page.content or "") for file in rendered) or any(
        file.page and file.page.content is None for file in expected
    )


def add_files(files: Files, config: MkDocsConfig, site_files: Iterable[SiteFile]) -> None:
    """Add everything that live pages load to what MkDocs copies into the site."""
    for file in site_files:
        uri = _FOLDER + file.target
        # Included, even if the author excludes files by a pattern that matches it.
        generated = File.generated(
            config,
            uri,
            abs_src_path=str(file.source),
            inclusion=InclusionLevel.INCLUDED,
        )
        files.append(generated)


def navigates_instantly(config: MkDocsConfig) -> bool:
    """Whether pages of the site replace each other without running their scripts.

    Material's instant navigation fetches a page and moves its nodes. Scripts in the head of such a page
    never run.
    """
    return "navigation.instant" in (config.theme.get("features") or ())


def load_on_every_page(config: MkDocsConfig) -> None:
    """Have the theme load the files on all pages, because any page can be the first that a reader opens."""
    browser_files = bundled_files()
    config.extra_css.append(_FOLDER + browser_files.style)
    config.extra_javascript.append(_FOLDER + browser_files.loader)


def with_assets(html: str, page_url: str) -> str:
    """A finished page with the tags that its examples need. A page without examples is unchanged."""
    if not _is_live(html):
        return html
    browser_files = bundled_files()
    folder = get_relative_url(_FOLDER, page_url)
    tags = page_assets(folder, browser_files.loader, browser_files.style)
    before, head_ends, after = html.partition(_HEAD_ENDS)
    # A minifier may have removed the end tag of the head. Style sheets and scripts may also be in the body.
    return before + tags + head_ends + after if head_ends else html + tags


def _is_live(html: str) -> bool:
    return f"<{ELEMENT} " in html
