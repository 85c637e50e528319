"""The files of a wheel that are useless in a browser: the rules, by examples."""

from pyrun_core.packages.repack.prune_rules import prunable_files

INFO = {"pkg-1.dist-info/METADATA": b"", "pkg-1.dist-info/RECORD": b"", "pkg-1.data/headers/pkg.h": b""}


def left_out(files: dict[str, bytes]) -> set[str]:
    return set(prunable_files(files | INFO))


def test_modules_data_and_metadata_are_kept() -> None:
    assert left_out({"pkg/__init__.py": b"", "pkg/data.csv": b"", "pkg/fast.so": b"", "top.py": b""}) == set()


def test_sources_headers_and_libraries_are_removed() -> None:
    sources = {f"pkg/code{suffix}": b"" for suffix in (".c", ".hpp", ".pyx", ".pxd", ".f90", ".a")}
    assert left_out({"pkg/__init__.py": b"", **sources}) == sources.keys()


def test_a_header_that_the_code_names_is_kept() -> None:
    reads = b"open(folder / 'kernel.h').read()"
    assert left_out({"pkg/__init__.py": reads, "pkg/kernel.h": b"", "pkg/other.h": b""}) == {"pkg/other.h"}


def test_stubs_beside_their_modules_are_removed() -> None:
    files = {
        "pkg/__init__.py": b"",
        "pkg/__init__.pyi": b"",
        "pkg/fast.pyi": b"",
        "pkg/fast.cpython-314-wasm32-emscripten.so": b"",
        "pkg/py.typed": b"",
    }
    assert left_out(files) == {"pkg/__init__.pyi", "pkg/fast.pyi", "pkg/py.typed"}


def test_stubs_that_are_the_data_of_a_type_checker_are_kept() -> None:
    assert left_out({"mypy/__init__.py": b"", "mypy/typeshed/builtins.pyi": b""}) == set()


def test_a_stub_by_which_a_package_finds_its_modules_is_kept() -> None:
    lazy = b"import lazy_loader\n__getattr__, *_ = lazy_loader.attach_stub(__name__, __file__)\n"
    assert left_out({"pkg/__init__.py": lazy, "pkg/__init__.pyi": b""}) == set()


def test_tests_are_removed_with_their_data() -> None:
    files = {
        "pkg/__init__.py": b"",
        "pkg/tests/__init__.py": b"",
        "pkg/tests/conftest.py": b"",
        "pkg/tests/data/big.csv": b"",
        "pkg/tests/deep/test_it.py": b"",
    }
    assert left_out(files) == {
        "pkg/tests/conftest.py",
        "pkg/tests/data/big.csv",
        "pkg/tests/deep/test_it.py",
    }


def test_other_modules_among_tests_are_kept_with_the_files_they_name() -> None:
    files = {
        "pkg/__init__.py": b"from pkg.tests.kinds import Kind\n",
        "pkg/tests/kinds.py": b"from .test_base import Base\n",
        "pkg/tests/test_base.py": b"open('base.json')\n",
        "pkg/tests/test_other.py": b"open('other.json')\n",
        "pkg/tests/base.json": b"",
        "pkg/tests/other.json": b"",
    }
    assert left_out(files) == {"pkg/tests/test_other.py", "pkg/tests/other.json"}


def test_a_package_named_test_and_a_folder_without_tests_are_kept() -> None:
    files = {
        "tests/test_top.py": b"",
        "django/test/client.py": b"",
        "django/test/page.html": b"",
        "numpy/testing/test_x.py": b"",
    }
    assert left_out(files) == set()


def test_licences_are_kept_wherever_they_are() -> None:
    files = {"pkg/tests/test_it.py": b"", "pkg/tests/data/LICENSE.txt": b""}
    assert left_out(files) == {"pkg/tests/test_it.py"}


def test_bytecode_in_a_wheel_is_removed() -> None:
    files = {"pkg/__init__.py": b"", "pkg/__pycache__/__init__.cpython-311.pyc": b"", "pkg/only.pyc": b""}
    assert left_out(files) == {"pkg/__pycache__/__init__.cpython-311.pyc"}
