"""What of a wheel nobody can use in a browser."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

__all__ = ["is_installed_as_it_is", "prunable_files"]

# There is no compiler.
_C = frozenset({".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx"})
_FORTRAN = frozenset({".f", ".f90", ".for"})
_CYTHON = frozenset({".pxd", ".pxi", ".pyx"})
_LIBRARIES = frozenset({".a", ".lib"})
_SOURCES = _C | _FORTRAN | _CYTHON | _LIBRARIES

_TESTS_FOLDERS = frozenset({"test", "tests"})
_TEST_MODULE = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")
_LICENCE = re.compile(r"(?:copying|licen[cs]e|notice)", re.IGNORECASE)
_WORD = re.compile(rb"[\w.-]+")

# A package that finds out from its stubs what to import, with https://scientific-python.org/specs/spec-0001/
_READS_STUB = b"attach_stub"


def prunable_files(files: Mapping[str, bytes]) -> frozenset[str]:
    """Which of the files of a wheel are left out, by name.

    - Bytecode, which may be of any Python.
    - Type stubs beside the modules that they describe, unless a module finds out there what to import.
    - Sources and headers of compiled code, and libraries to link with.
    - In folders of tests inside of packages: the test modules, and what is no Python. Other modules of such a
      folder stay, because somebody imports them (``numpy._core.tests._natype``).

    But a source or a file of tests that is named in the code that stays, stays too: a module by its name, any
    other file by its whole name.
    """
    packed = {name for name in files if not is_installed_as_it_is(name)}
    never = {name for name in packed if "__pycache__" in PurePosixPath(name).parts or _is_stub(name, files)}
    tested = _folders_with_tests(files)
    unused = {name for name in packed - never if _is_of_no_use(PurePosixPath(name), tested)}
    code = [content for name, content in files.items() if name.endswith(".py") and name not in unused]
    while named := unused & _named_in(code, unused):
        unused -= named
        code = [files[name] for name in named if name.endswith(".py")]
    return frozenset(unused | never)


def is_installed_as_it_is(name: str) -> bool:
    """Whether the file is none of a package: metadata, or what an installer puts elsewhere."""
    return name.partition("/")[0].endswith((".dist-info", ".data")) or name.endswith("/")


def _is_stub(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether it is a stub beside a module that does without it. Other stubs are somebody's data."""
    stem, dot, suffix = name.rpartition(".")
    if suffix != "pyi":
        return name.rpartition("/")[2] == "py.typed"
    source = files.get(f"{stem}.py")
    if source is not None:
        return _READS_STUB not in source
    return any(file.startswith(stem + dot) and file.endswith(".so") for file in files)


def _is_of_no_use(path: PurePosixPath, tested: frozenset[str]) -> bool:
    if _LICENCE.match(path.name):
        return False
    if path.suffix in _SOURCES:
        return True
    is_of_tests = _TEST_MODULE.fullmatch(path.name) if path.suffix == ".py" else path.suffix != ".so"
    return bool(is_of_tests) and _folder_of_tests(path) in tested


def _folders_with_tests(files: Iterable[str]) -> frozenset[str]:
    """The folders of tests. One without a test module is something else, as ``django.test`` is."""
    tests = (path for path in map(PurePosixPath, files) if _TEST_MODULE.fullmatch(path.name))
    return frozenset(filter(None, map(_folder_of_tests, tests)))


def _folder_of_tests(path: PurePosixPath) -> str:
    """The outermost folder of tests that a file is in; empty for none. A package can be called so itself."""
    folders = path.parts[:-1]
    for depth, folder in enumerate(folders):
        if depth and folder in _TESTS_FOLDERS:
            return "/".join(folders[: depth + 1])
    return ""


def _named_in(code: Iterable[bytes], names: Iterable[str]) -> set[str]:
    """Which files some code names."""
    words: set[bytes] = set()
    for content in code:
        words.update(word.strip(b".-") for word in _WORD.findall(content))
    parts = {part for word in words for part in word.split(b".")}
    return {name for name in names if _is_named(PurePosixPath(name), words, parts)}


def _is_named(path: PurePosixPath, words: set[bytes], parts: set[bytes]) -> bool:
    if path.suffix == ".py":
        return path.stem.encode() in parts
    return path.name.encode() in words
