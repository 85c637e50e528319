"""The files of a wheel that have no use in a browser."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

__all__ = ["is_outside_packages", "prunable_files"]

# A browser has no compiler.
_C = frozenset({".c", ".cc", ".cpp", ".cxx", ".h", ".hh", ".hpp", ".hxx"})
_FORTRAN = frozenset({".f", ".f90", ".for"})
_CYTHON = frozenset({".pxd", ".pxi", ".pyx"})
_LIBRARIES = frozenset({".a", ".lib"})
_SOURCES = _C | _FORTRAN | _CYTHON | _LIBRARIES

_TESTS_FOLDERS = frozenset({"test", "tests"})
_TEST_MODULE = re.compile(r"test_.*\.py|.*_test\.py|conftest\.py")
_LICENCE = re.compile(r"(?:copying|licen[cs]e|notice)", re.IGNORECASE)
_WORD = re.compile(rb"[\w.-]+")

# A package whose stubs list what it imports lazily: https://scientific-python.org/specs/spec-0001/
_READS_STUB = b"attach_stub"


def prunable_files(files: Mapping[str, bytes]) -> frozenset[str]:
    """The names of the files of a wheel that repacking leaves out.

    - Bytecode, which may be from any Python version.
    - Type stubs next to the modules that they describe, unless a module reads from its stub what to import.
    - Sources and headers of compiled code, and libraries for linking.
    - In folders of tests inside packages: test modules, and files that are not Python. Other modules in such
      a folder stay, because packages import them (``numpy._core.tests._natype``).

    A source or a file of tests stays if the remaining code mentions it: a module by its name, any other file
    by its full file name.
    """
    packed = {name for name in files if not is_outside_packages(name)}
    never = {name for name in packed if "__pycache__" in PurePosixPath(name).parts or _is_stub(name, files)}
    tested = _folders_with_tests(files)
    unused = {name for name in packed - never if _is_useless(PurePosixPath(name), tested)}
    code = [content for name, content in files.items() if name.endswith(".py") and name not in unused]
    while named := unused & _named_in(code, unused):
        unused -= named
        code = [files[name] for name in named if name.endswith(".py")]
    return frozenset(unused | never)


def is_outside_packages(name: str) -> bool:
    """Whether a file is not part of a package: metadata, or a file that is installed elsewhere."""
    return name.partition("/")[0].endswith((".dist-info", ".data")) or name.endswith("/")


def _is_stub(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether it is a stub next to a module that does not read it. Other stubs may be data."""
    stem, dot, suffix = name.rpartition(".")
    if suffix != "pyi":
        return name.rpartition("/")[2] == "py.typed"
    source = files.get(f"{stem}.py")
    if source is not None:
        return _READS_STUB not in source
    return any(file.startswith(stem + dot) and file.endswith(".so") for file in files)


def _is_useless(path: PurePosixPath, tested: frozenset[str]) -> bool:
    if _LICENCE.match(path.name):
        return False
    if path.suffix in _SOURCES:
        return True
    is_test_file = _TEST_MODULE.fullmatch(path.name) if path.suffix == ".py" else path.suffix != ".so"
    return bool(is_test_file) and _folder_of_tests(path) in tested


def _folders_with_tests(files: Iterable[str]) -> frozenset[str]:
    """The folders of tests. A folder without test modules is something else, such as ``django.test``."""
    tests = (path for path in map(PurePosixPath, files) if _TEST_MODULE.fullmatch(path.name))
    return frozenset(filter(None, map(_folder_of_tests, tests)))


def _folder_of_tests(path: PurePosixPath) -> str:
    """The outermost folder of tests that contains a file, or nothing. A package itself may be named tests."""
    folders = path.parts[:-1]
    for depth, folder in enumerate(folders):
        if depth and folder in _TESTS_FOLDERS:
            return "/".join(folders[: depth + 1])
    return ""


def _named_in(code: Iterable[bytes], names: Iterable[str]) -> set[str]:
    """The files that code mentions."""
    words: set[bytes] = set()
    for content in code:
        words.update(word.strip(b".-") for word in _WORD.findall(content))
    parts = {part for word in words for part in word.split(b".")}
    return {name for name in names if _is_named(PurePosixPath(name), words, parts)}


def _is_named(path: PurePosixPath, words: set[bytes], parts: set[bytes]) -> bool:
    if path.suffix == ".py":
        return path.stem.encode() in parts
    return path.name.encode() in words
