"""Packages that code needs without importing them: others import them when a function is called."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CallNeed", "find_call_needs", "is_needing", "need_of_import"]


@dataclass(frozen=True)
class CallNeed:
    """A module that something in the code needs. ``by`` is that, as messages call it.

    ``user`` is the module that imports it, ``since`` the first major version of its package that does.
    ``others`` would do as well. If ``generic``, objects of many packages have an attribute of that name.
    ``compiled``: if Pyodide does not have its package, no index has one for browsers either.
    """

    module: str
    by: str
    user: str
    others: tuple[str, ...] = ()
    since: int = 0
    generic: bool = False
    compiled: bool = False

    @property
    def modules(self) -> tuple[str, ...]:
        """The modules of which one is needed, the usual one first."""
        return self.module, *self.others


_TIME_ZONES = CallNeed("tzdata", "zoneinfo", "")
_PANDAS_TIME_ZONES = CallNeed(
    "tzdata", "a time zone of pandas", "pandas", ("pyodide_unix_timezones",), since=3
)

_EXCEL_READERS = ("calamine", "pyxlsb", "python_calamine", "xlrd")
_PANDAS = (
    CallNeed("jinja2", ".style", "pandas", generic=True),
    CallNeed("jinja2", ".to_latex", "pandas"),
    CallNeed("lxml", ".read_html", "pandas", ("html5lib",), compiled=True),
    CallNeed("lxml", ".read_xml", "pandas", compiled=True),
    CallNeed("lxml", ".to_xml", "pandas", compiled=True),
    CallNeed("matplotlib", ".boxplot", "pandas", generic=True, compiled=True),
    CallNeed("matplotlib", ".hist", "pandas", generic=True, compiled=True),
    CallNeed("matplotlib", ".plot", "pandas", generic=True, compiled=True),
    CallNeed("openpyxl", ".ExcelWriter", "pandas", ("xlsxwriter",)),
    CallNeed("openpyxl", ".read_excel", "pandas", _EXCEL_READERS),
    CallNeed("openpyxl", ".to_excel", "pandas", ("xlsxwriter",)),
    CallNeed("pyarrow", ".read_feather", "pandas", compiled=True),
    CallNeed("pyarrow", ".read_parquet", "pandas", ("fastparquet",), compiled=True),
    CallNeed("pyarrow", ".to_feather", "pandas", compiled=True),
    CallNeed("pyarrow", ".to_parquet", "pandas", ("fastparquet",), compiled=True),
    CallNeed("tables", ".read_hdf", "pandas", compiled=True),
    CallNeed("tables", ".to_hdf", "pandas", compiled=True),
    CallNeed("tabulate", ".to_markdown", "pandas"),
    CallNeed("xarray", ".to_xarray", "pandas"),
)
"""https://pandas.pydata.org/docs/getting_started/install.html#optional-dependencies"""

_BY_ATTRIBUTE = {
    need.by.removeprefix("."): need
    for need in (*_PANDAS, CallNeed("matplotlib", ".plot_tree", "sklearn", compiled=True))
}
"""By the attribute that the code uses."""

_TAKES_ZONE = frozenset({"tz_convert", "tz_localize"})
_UTC = frozenset({"utc", "dateutil/utc"})
"""Zones that pandas knows without data."""

_PARSERS = {"html5lib": "html5lib", "lxml": "lxml", "lxml-xml": "lxml", "xml": "lxml"}
"""Of Beautiful Soup, by their names: the second argument of ``BeautifulSoup``."""

_OF_OTHERS = frozenset({"ax", "axes", "axis", "axs", "fig", "figure", "pylab", "plt", "px", "self", "sns"})
"""Names that tutorials have for objects of matplotlib and others."""

_WORDS = (*(f".{name}" for name in (*_BY_ATTRIBUTE, *_TAKES_ZONE)), "BeautifulSoup(", "tz=")
"""In code without any of them, there is nothing to find, and parsing takes time."""


def is_needing(source: str) -> bool:
    """Whether code is worth parsing for `find_call_needs`."""
    for word in _WORDS:  # noqa: SIM110 - `any` takes four times as long, for each block of a site
        if word in source:
            return True
    return False


def need_of_import(name: str) -> CallNeed | None:
    """What a module needs as soon as it is used, by the full name of the import."""
    if name == "zoneinfo" or name.startswith("zoneinfo."):
        return _TIME_ZONES
    if name.startswith("sklearn.") and name.endswith("Display"):
        return CallNeed("matplotlib", name.rpartition(".")[2], "sklearn", compiled=True)
    return None


def find_call_needs(tree: ast.Module) -> Iterator[tuple[CallNeed, int]]:
    """What calls in the code need, and their lines. Another example may import the package of a call."""
    nodes = list(ast.walk(tree))
    own = {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in nodes:
        match node:
            case ast.Attribute(attr=name, value=value, ctx=ast.Load()) if need := _BY_ATTRIBUTE.get(name):
                if name not in own and not (need.generic and _is_of_another(value)):
                    yield need, node.end_lineno or node.lineno
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Constant(value=str(zone)), *_]) if (
                name in _TAKES_ZONE and zone.lower() not in _UTC
            ):
                yield _PANDAS_TIME_ZONES, node.lineno
            case ast.Call(func=ast.Name("BeautifulSoup"), args=[_, ast.Constant(value=str(parser))]) if (
                parser in _PARSERS
            ):
                yield CallNeed(_PARSERS[parser], f"the parser {parser}", "bs4"), node.lineno
            case ast.keyword(arg="tz", value=ast.Constant(value=str(zone))) if zone.lower() not in _UTC:
                yield _PANDAS_TIME_ZONES, node.value.lineno
            case _:
                pass


def _is_of_another(value: ast.expr) -> bool:
    """Whether an object is probably none of the package: an axis of matplotlib, for example."""
    while isinstance(value, ast.Subscript):
        value = value.value
    return isinstance(value, ast.Name) and value.id in _OF_OTHERS
