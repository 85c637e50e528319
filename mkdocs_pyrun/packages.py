"""The packages of a MkDocs site, settled once all of its pages have been rendered."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from markdown_pyrun.context import Site
from pyrun_core.examples.files import describe_files
from pyrun_core.options.declare import Options
from pyrun_core.packages.publish.resolved import Settled
from pyrun_core.packages.request.page_requirements import Declared, SiteNeeds
from pyrun_core.packages.resolve.version_check import Documented
from pyrun_core.packages.resolve_site import LockMode, Settlement, settle
from pyrun_core.problems import PyrunError
from pyrun_core.site_file import SiteFile

__all__ = ["settle_site", "settled_files", "site_needs"]


def settle_site(site: Site, config: MkDocsConfig, lock_mode: LockMode) -> Settled:
    """The packages of all pages.

    Raises:
        PluginError: the author's lock file is none.
    """
    log = get_plugin_logger("pyrun")
    base = Path(config.config_file_path or "mkdocs.yml").parent
    wheels = site.values.get("wheels", Options.wheels)
    settlement = Settlement(
        base=base,
        distribution=site.distribution,
        report=site.report,
        say=log.info,
        vendor=site.values.get("vendor", Options.vendor),
        wheels=base / wheels if wheels else None,
        repack=site.values.get("repack", Options.repack),
        documented=Documented(config.site_name or ""),
        lock_mode=lock_mode,
    )
    if site.files and (found := site.files.all()):
        log.info("files of examples: %s", describe_files(found))
    try:
        return settle(site_needs(site), settlement)
    except PyrunError as error:
        raise PluginError(f"{site.location}: {error}") from error


def site_needs(site: Site) -> SiteNeeds:
    """What all pages need."""
    declared = Declared(tuple(site.values.get("packages", ())), site.location)
    return site.gathered.needs(declared) if site.gathered else SiteNeeds(declared)


def settled_files(site: Site, settled: Settled) -> list[SiteFile]:
    """What is copied for packages and examples."""
    files = site.files.all() if site.files else []
    return [*settled.files, *(file.site_file for file in files)]
