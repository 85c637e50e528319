"""What an author can write in a list of packages."""

import pytest

from pyrun_core.options.package_entries import LocalPath, read_entry, read_path, split_entries


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("numpy pandas", ["numpy", "pandas"]),
        ("numpy,pandas", ["numpy", "pandas"]),
        ("  numpy ,\n pandas\n", ["numpy", "pandas"]),
        (["NumPy", " Scikit_Learn "], ["numpy", "scikit-learn"]),
        (("numpy",), ["numpy"]),
        ("numpy >= 1, < 2 pandas", ["numpy<2,>=1", "pandas"]),
        ("numpy>=1,<2,pandas", ["numpy<2,>=1", "pandas"]),
        ("pandas[excel, html]>=2, rich", ["pandas[excel,html]>=2", "rich"]),
        (
            "colorama; sys_platform == 'win32'\nrich",
            ['colorama; sys_platform == "win32"', "rich"],
        ),
        (".", ["."]),
        ("./ ../lib[all] wheels/a-1-py3-none-any.whl", ["./", "../lib[all]", "wheels/a-1-py3-none-any.whl"]),
        ("a-1-py3-none-any.whl", ["a-1-py3-none-any.whl"]),
        (
            "https://example.org/Foo_Bar-1.0-py3-none-any.whl",
            ["foo-bar @ https://example.org/Foo_Bar-1.0-py3-none-any.whl"],
        ),
        (
            "foo @ https://example.org/foo-1-py3-none-any.whl",
            ["foo @ https://example.org/foo-1-py3-none-any.whl"],
        ),
        ("Auto, numpy", ["auto", "numpy"]),
        ("", []),
    ],
)
def test_entries_are_split_and_read(written: object, words: list[str]) -> None:
    assert list(map(read_entry, split_entries(written))) == words


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("num!py", "'num!py' is not a package: write a name"),
        ("-numpy", "'-numpy' is not a package"),
        ("numpy>=", "'numpy>=' is not a package"),
        ("https://example.org/foo-1.0.tar.gz", "a URL must name a wheel"),
        ("foo @ https://example.org/foo.zip", "a URL must name a wheel"),
        ("foo @ git+https://example.org/foo", "a URL must name a wheel"),
    ],
)
def test_an_invalid_entry_is_rejected_with_a_reason(word: str, reason: str) -> None:
    with pytest.raises(ValueError, match=r"package|wheel") as refused:
        read_entry(word)
    assert reason in str(refused.value)


@pytest.mark.parametrize("value", [42, {"numpy": "2"}, [1, 2], None])
def test_a_value_that_is_not_a_list_is_rejected(value: object) -> None:
    with pytest.raises(ValueError, match="is not a list of packages"):
        split_entries(value)


def test_paths_are_distinguished_from_requirements() -> None:
    assert read_path("../lib[all, docs]") == LocalPath("../lib", ("all", "docs"))
    assert read_path("./pkgs/@scope/lib[a]") == LocalPath("./pkgs/@scope/lib", ("a",))
    assert read_path("/home/me@work/lib") == LocalPath("/home/me@work/lib")
    assert read_path("pandas[excel]>=2") is None
    assert read_path("foo @ file:///tmp/foo-1-py3-none-any.whl") is None


def test_a_password_in_a_variable_gets_another_place() -> None:
    with pytest.raises(ValueError, match=r"Keep passwords in \.netrc or a keyring, .* PIP_EXTRA_INDEX_URL"):
        read_entry("https://${TOKEN}@example.org/small-1.0-py3-none-any.whl")
