"""The configuration with which a built site is finished."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyrun_core.finish.config.conf_py import PREFIX, read_conf_py
from pyrun_core.finish.config.config_file import ConfigFile
from pyrun_core.finish.config.mkdocs_yml import read_mkdocs_yml
from pyrun_core.finish.config.pyrun_toml import read_pyrun_toml
from pyrun_core.finish.config.zensical_toml import read_zensical_toml
from pyrun_core.options.declare import Scope, Values, read_options
from pyrun_core.packages.resolve.version_check import DocumentedProject
from pyrun_core.problems import Location, Problem, PyrunError, Report
from pyrun_core.site import Site, prepare_site

__all__ = ["CONFIG_NAMES", "Configuration", "find_configuration", "no_configuration", "read_configuration"]

_READERS: Mapping[str, Callable[[Path], ConfigFile]] = {
    "pyrun.toml": read_pyrun_toml,
    "zensical.toml": read_zensical_toml,
    "mkdocs.yml": read_mkdocs_yml,
    "mkdocs.yaml": read_mkdocs_yml,
    "properdocs.yml": read_mkdocs_yml,
    "conf.py": read_conf_py,
}
_OF_THE_EXTENSION = (read_mkdocs_yml, read_zensical_toml)
_LIVE = "live"
"""The option of which the Markdown extension has made use when the site is built. It knows the pages' own."""

CONFIG_NAMES = tuple(_READERS)
"""The names of configuration files. In one folder, the first one counts."""


@dataclass(frozen=True)
class Configuration:
    """The options of a site, and what else is known of it.

    Paths in ``values`` are relative to ``base``. ``documents`` is the folder of the pages' sources.
    ``location`` is where the author configures the site. ``plugin_options`` are the names of those options
    that are set for a plugin.
    """

    values: Values
    base: Path
    documents: Path
    location: Location
    documented: DocumentedProject
    plugin_options: tuple[str, ...] = ()

    def prepare(self, built: Path, report: Report, log: Callable[[str], object]) -> Site:
        """The site with this configuration, which has been built into the folder ``built``.

        Raises:
            PyrunError: the Pyodide that it selects cannot be used.
        """
        return prepare_site(
            self.values,
            base=self.base,
            documents=self.documents,
            built=built,
            location=self.location,
            report=report,
            log=log,
        )


def find_configuration(folder: Path) -> Path | None:
    """The configuration file in a folder."""
    return next((path for name in CONFIG_NAMES if (path := folder / name).is_file()), None)


def read_configuration(path: Path, report: Report, kind: str = "") -> Configuration:
    """What a configuration file says. What is wrong in it is reported with its line, and left out.

    ``kind`` is the usual name of a file that may have another one.

    Raises:
        PyrunError: the file cannot be read.
    """
    reader = _READERS.get(kind or path.name) or {".toml": read_pyrun_toml, ".yml": read_mkdocs_yml}.get(
        path.suffix
    )
    if reader is None:
        raise PyrunError(f"{path} is not a configuration file. Name one of {', '.join(CONFIG_NAMES)}")
    if not path.is_file():
        raise PyrunError(f"the configuration file {path} does not exist. Correct the path")
    file = reader(path)
    for message, line in file.mistakes:
        report(Problem.OPTION, message, Location(path.name, line))
    base = path.resolve().parent
    values = _read_values(file, path, report)
    if reader in _OF_THE_EXTENSION:
        values = {name: value for name, value in values.items() if name != _LIVE}
    return Configuration(
        values,
        base,
        base / file.documents,
        Location(path.name, _line_of_packages(file)),
        DocumentedProject(file.project, file.release),
        file.plugin_options,
    )


def no_configuration(folder: Path) -> Configuration:
    """The configuration of a site without a file."""
    return Configuration({}, folder, folder, Location(CONFIG_NAMES[0]), DocumentedProject())


def _read_values(file: ConfigFile, path: Path, report: Report) -> Values:
    spell = _in_conf_py if path.suffix == ".py" else str
    values: dict[str, object] = {}
    for option in file.options:
        location = Location(path.name, option.line)
        values.update(read_options({option.name: option.value}, Scope.SITE, location, report, spell))
    return values


def _line_of_packages(file: ConfigFile) -> int | None:
    """The line for problems of packages, which is where most are."""
    lines = (option.line for option in file.options if option.name == "packages")
    return next(lines, None) or file.section_line


def _in_conf_py(name: str) -> str:
    return PREFIX + name.replace("-", "_")
