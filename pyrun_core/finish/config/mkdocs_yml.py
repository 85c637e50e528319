"""``mkdocs.yml``, of Zensical too: options of the plugin or of the Markdown extension."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyrun_core.finish.config.config_file import EXTENSION_NAMES, ConfigFile, options_of, with_lines
from pyrun_core.problems import PyrunError

__all__ = ["read_mkdocs_yml"]


def read_mkdocs_yml(path: Path) -> ConfigFile:
    """What the file says. Tags such as ``!!python/name`` are not resolved.

    Raises:
        PyrunError: it is not YAML, or there is nothing here that reads YAML.
    """
    content = _inheriting(path, ())
    of_plugin = options_of(content.get("plugins"))
    options = {**options_of(content.get("markdown_extensions")), **of_plugin}
    return replace(
        with_lines(path, EXTENSION_NAMES, options),
        documents=_text(content.get("docs_dir")) or "docs",
        project=_text(content.get("site_name")),
        plugin_options=tuple(of_plugin),
    )


def _inheriting(path: Path, children: tuple[Path, ...]) -> Mapping[str, Any]:
    """The content of a file, with that of the file that it inherits."""
    content = _read_yaml(path)
    parent = path.parent / str(content.get("INHERIT") or "")
    if parent == path.parent:
        return content
    if parent in children or parent == path:
        raise PyrunError(f"{path} inherits itself. Correct INHERIT")
    return {**_inheriting(parent, (*children, path)), **content}


def _read_yaml(path: Path) -> Mapping[str, Any]:
    try:
        import yaml  # noqa: PLC0415 - generators that have a mkdocs.yml bring it, others need not
    except ImportError:
        raise PyrunError(
            f"{path} cannot be read without PyYAML. Install pyyaml, or write a pyrun.toml"
        ) from None

    class Loader(yaml.SafeLoader):
        """Takes every tag for the plain value under it."""

    def construct(loader: Loader, suffix: str, node: yaml.Node) -> object:
        del suffix
        if isinstance(node, yaml.MappingNode):
            return loader.construct_mapping(node, deep=True)
        if isinstance(node, yaml.SequenceNode):
            return loader.construct_sequence(node, deep=True)
        return None

    def from_environment(loader: Loader, node: yaml.Node) -> object:
        """As pyyaml-env-tag does it for MkDocs: the first variable that is set, or the default at the end."""
        if isinstance(node, yaml.SequenceNode):
            *names, default = loader.construct_sequence(node, deep=True) or [None]
        else:
            names, default = [node.value], None
        found = (os.environ[name] for name in map(str, names) if name in os.environ)
        return next((yaml.safe_load(text) for text in found), default)

    Loader.add_multi_constructor("!", construct)
    Loader.add_constructor("!ENV", from_environment)
    Loader.add_multi_constructor("tag:yaml.org,2002:python/", construct)
    try:
        content = yaml.load(path.read_text(encoding="utf-8-sig"), Loader)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PyrunError(f"{path}: {' '.join(str(error).split())}. Correct the file") from error
    except FileNotFoundError:
        raise PyrunError(f"{path} does not exist. Correct INHERIT in the file that names it") from None
    return content if isinstance(content, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
