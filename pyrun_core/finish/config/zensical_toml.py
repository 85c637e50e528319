"""``zensical.toml``: options of the plugin or of the Markdown extension."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pyrun_core.finish.config.config_file import EXTENSION_NAMES, ConfigFile, options_of, with_lines
from pyrun_core.finish.config.toml import read_toml

__all__ = ["read_zensical_toml"]


def read_zensical_toml(path: Path) -> ConfigFile:
    """What the file says.

    Raises:
        PyrunError: it is not TOML.
    """
    content = read_toml(path)
    project = content.get("project")
    project = project if isinstance(project, Mapping) else content
    of_plugin = options_of(project.get("plugins"))
    options = {**options_of(project.get("markdown_extensions")), **of_plugin}
    return replace(
        with_lines(path, EXTENSION_NAMES, options),
        documents=str(project.get("docs_dir") or "docs"),
        project=str(project.get("site_name") or ""),
        plugin_options=tuple(of_plugin),
    )
