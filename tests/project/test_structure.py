"""The parts of the project depend on each other as the architecture page says, and stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
SPHINX = {"docutils", "myst_parser", "sphinx", "sphinx_pyrun"}
MARKDOWN = {"markdown", "markdown_pyrun", "pymdownx"}
MKDOCS = {"material", "mkdocs", "mkdocs_pyrun", "properdocs"}
ZENSICAL = {"zensical", "zensical_pyrun"}
FORBIDDEN = {
    "pyrun_syntax": SPHINX | MARKDOWN | MKDOCS | ZENSICAL | {"pyrun_core"},
    "pyrun_core": SPHINX | MARKDOWN | MKDOCS | ZENSICAL,
    "sphinx_pyrun": MARKDOWN | MKDOCS | ZENSICAL,
    "markdown_pyrun": SPHINX | MKDOCS | ZENSICAL,
    "mkdocs_pyrun": SPHINX | ZENSICAL,
    "zensical_pyrun": SPHINX | MKDOCS,
}
"""What each package must not import, neither at run time nor for its types."""

ROOMS = (
    {"pyrun_syntax"},
    {
        "pyrun_core",
        "pyrun_core.problems",
        "pyrun_core.tags",
        "pyrun_core.site_file",
        "pyrun_core.pinned_file",
        "pyrun_core.cache",
        "pyrun_core.kept_download",
        "pyrun_core.public_downloads",
        "pyrun_core.programs",
    },
    {"pyrun_core.options"},
    {"pyrun_core.browser_files", "pyrun_core.reader_texts"},
    {"pyrun_core.pyodide"},
    {"pyrun_core.examples"},
    {"pyrun_core.outputs"},
    {"pyrun_core.live"},
    {
        "pyrun_core.packages",
        "pyrun_core.packages.emscripten_pip",
        "pyrun_core.packages.pip",
        "pyrun_core.packages.wheel",
        "pyrun_core.packages.wheel_cache",
    },
    {"pyrun_core.packages.request"},
    {"pyrun_core.packages.resolve"},
    {"pyrun_core.packages.publish"},
    {"pyrun_core.packages.repack"},
    {"pyrun_core.packages.resolve_site"},
    {"pyrun_core.site"},
    {"pyrun_core.settlement"},
    {"pyrun_core.finish"},
    {"pyrun_core.proof"},
    {"pyrun_core.cli"},
    {"markdown_pyrun"},
    {"mkdocs_pyrun"},
    {"sphinx_pyrun"},
    {"zensical_pyrun"},
)
"""The folders of the code, the innermost first. A module imports from its own folder and those before it."""

MOST_LINES = 400
MODULES = [module for package in FORBIDDEN for module in sorted((PROJECT / package).rglob("*.py"))]


def imported_packages(module: Path) -> set[str]:
    """The top-level packages that a module imports, anywhere in the file."""
    packages = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            packages |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            packages.add((node.module or "").partition(".")[0])
    return packages


def name_of(module: Path) -> str:
    """The dotted name of a module."""
    parts = module.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def import_graph(*packages: str) -> dict[str, set[str]]:
    """The modules of some packages, and what each imports of them, anywhere in the file and for types too.

    Python also runs the `__init__.py` of each package; this is ignored, because they contain only docstrings.
    """
    modules = {name_of(path): path for package in packages for path in (PROJECT / package).rglob("*.py")}
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        imported: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                below = {f"{node.module}.{alias.name}" for alias in node.names}
                imported |= below & modules.keys() or {node.module or ""}
        graph[name] = imported & modules.keys()
    return graph


def room_of(module: str) -> int:
    """The number of the folder that a module is in."""
    return max(
        (len(room), number)
        for number, rooms in enumerate(ROOMS)
        for room in rooms
        if module == room or (module.startswith(f"{room}.") and room != "pyrun_core")
    )[1]


@pytest.mark.parametrize("packages", [tuple(FORBIDDEN), ("benchmarks",)], ids=["pyrun", "benchmarks"])
def test_no_modules_import_each_other(packages: tuple[str, ...]) -> None:
    """Not for their types either: modules that need each other's types belong together."""
    graph = import_graph(*packages)
    assert sum(map(len, graph.values())) > len(graph), "the graph was not read"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a cycle: {' <- '.join(error.args[1])}", pytrace=False)


def test_rooms_depend_only_on_those_before_them() -> None:
    graph = import_graph(*FORBIDDEN)
    wrong = {
        f"{name} imports {imported}"
        for name, others in graph.items()
        for imported in others
        if room_of(imported) > room_of(name)
    }
    assert not wrong


def test_every_room_exists() -> None:
    modules = import_graph(*FORBIDDEN).keys()
    assert {room for rooms in ROOMS for room in rooms} <= set(modules)


def test_options_are_read_without_any_other_room() -> None:
    """Not through a third module either: reading an option must not load the pip runner."""
    program = (
        "import sys, pyrun_core.options.declare\n"
        "print(*sorted(name for name in sys.modules if name.startswith('pyrun_core.')))"
    )
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = {name for name in run.stdout.split() if room_of(name) > room_of("pyrun_core.problems")}
    assert loaded == {name for name in loaded if name.startswith("pyrun_core.options")}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_dependencies_point_inward_only(package: str) -> None:
    wrong = {
        str(module.relative_to(PROJECT)): outside
        for module in (PROJECT / package).rglob("*.py")
        if (outside := imported_packages(module) & FORBIDDEN[package])
    }
    assert not wrong


def test_the_core_is_imported_without_any_host() -> None:
    """Not through a third package either."""
    files = [file.relative_to(PROJECT) for file in (PROJECT / "pyrun_core").rglob("[a-z]*.py")]
    modules = ", ".join(".".join(file.with_suffix("").parts) for file in files)
    hosts = FORBIDDEN["pyrun_core"]
    program = f"import sys, {modules}; print(*sorted(set(sys.modules) & {hosts!r}))"
    command = [sys.executable, "-c", program]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_only_one_module_writes_markup() -> None:
    """An HTML tag in a string of another module; patterns that look for one are allowed by name."""
    tag = re.compile(r"(?<!P)</?[a-z][a-z-]*[ >]")  # no group of a pattern
    looked_for = {"</head>", "</html>", r"\s*<metadata>.*?</metadata>"}
    found = {
        f"{module.relative_to(PROJECT)}:{node.lineno}: {node.value}"
        for module in MODULES
        if module.name != "render.py"
        for node in ast.walk(without_docstrings(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if tag.search(node.value) and node.value not in looked_for
    }
    assert found == set()


def without_docstrings(module: Path) -> ast.Module:
    """The code of a module, without strings that are statements."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            is_text = lambda each: isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)  # noqa: E731
            node.body = [each for each in body if not is_text(each)]  # type: ignore[attr-defined]
    return tree


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PROJECT)))
def test_a_module_declares_what_it_exports(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assigned = {
        target.id
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    assert "__all__" in assigned or not tree.body[1:], "no __all__"


def test_files_are_short() -> None:
    kinds = ["*.py", "*.js", "*.mjs", "*.css", "*.sh"]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *kinds]
    listing = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    files = [PROJECT / name for name in listing.splitlines()]
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files if file.exists()}
    assert {file.name: lines for file, lines in lengths.items() if lines > MOST_LINES} == {}
