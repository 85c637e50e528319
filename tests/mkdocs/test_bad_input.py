"""The messages to an author, with file, line and fix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

if TYPE_CHECKING:
    from conftest import Convert, Log, Site

FRONT_MATTER = "---\ntitle: Title\n---\n\n"
CASES = {
    "an unknown option": (
        '```pyrun autorn="1"\n1\n```',
        "page.md:7: there is no option 'autorn' here: did you mean 'autorun'? [pyrun.option]",
    ),
    "a wrong value": (
        '```pyrun linenos="maybe"\n1\n```',
        (
            "page.md:7: linenos: 'maybe' is neither true nor false. "
            "Valid values: true or false; in a page, the name alone means true. [pyrun.option]"
        ),
    ),
    "lines that are not there": (
        '```pyrun emphasize-lines="2,3"\n1\n```',
        (
            "page.md:7: emphasize-lines: the example has 1 line, but not line 2, 3. Correct the lines "
            "[pyrun.option]"
        ),
    ),
    "an option of the site": (
        '```pyrun pyodide="cdn"\n1\n```',
        "page.md:7: the option 'pyodide' cannot be set here. Set it for the site [pyrun.option]",
    ),
    "a path that only the site may name": (
        '```pyrun packages="no/such.whl"\n1\n```',
        "page.md:7: 'no/such.whl' is not among the packages that pages of this site may name",
    ),
    "an empty example": (
        "```pyrun\n\n```",
        "page.md:7: the example has no code. Add code, or remove the example [pyrun.empty]",
    ),
    "an attribute without its end": (
        '```pyrun packages="numpy\n1\n```',
        (
            'page.md:7: the fence has an attribute that cannot be read: packages="numpy. '
            'Write it as name="value", with both quotes [pyrun.fence]'
        ),
    ),
    "a fence that is not closed": (
        "```pyrun\n1\n",
        (
            "page.md:7: the fence is not closed. Close it with a line ```, indented like its opening "
            "[pyrun.fence]"
        ),
    ),
    "a fence that is closed by the next": (
        "```pyrun\n1\n\ntext\n\n```python\n2\n```",
        "page.md:7: the fence is not closed before its line 6 opens another. Close it with a ",
    ),
    "a line too far left": (
        "- item\n\n    ```pyrun\n  1\n    ```",
        "page.md:9: the fence is not closed: its line 2 begins further left than its opening. ",
    ),
    "a fence behind a bullet": (
        "- ```pyrun\n  1\n  ```",
        "page.md:7: the fence opens on the line of a list item. ",
    ),
    "code that was copied from a session": (
        "```pyrun\n>>> 1 + 1\n2\n```",
        (
            "page.md:7: line 1 of the example is not Python. It begins with the prompt '>>>'. "
            "Remove the prompts and the output [pyrun.syntax]"
        ),
    ),
    "a fence in the style of MyST": (
        "```{pyrun}\n1\n```",
        "page.md:7: pyrun does not understand the fence '{pyrun}'. Write ```pyrun ",
    ),
}


@pytest.mark.parametrize(("text", "warning"), CASES.values(), ids=CASES)
@pytest.mark.parametrize(
    "extensions", [[], ["pymdownx.superfences", "attr_list"]], ids=["plain", "superfences"]
)
def test_is_reported_once_with_file_and_line(
    site: Site, log: Log, text: str, warning: str, extensions: list[str]
) -> None:
    site.configure(markdown_extensions=extensions)
    site.page(f"{FRONT_MATTER}# Title\n\n{text}\n", "page.md")
    site.build()
    (message,) = log.take()
    assert message.startswith(f"pyrun: {warning}")


def test_fails_a_strict_build(site: Site, log: Log) -> None:
    site.page("```pyrun autorn\n1\n```")
    with pytest.raises(Abort):
        site.build(strict=True)
    assert len(log.take()) == 1


def test_without_the_plugin_is_reported_too(site: Site, log: Log) -> None:
    site.configure(plugins=[], markdown_extensions=["pyrun"])
    site.page("text\n\n```pyrun autorn\n1\n```")
    with pytest.raises(Abort):
        site.build(strict=True)
    (message,) = log.take()
    assert message.startswith("Markdown:3: there is no option 'autorn' here: did you mean 'autorun'?")


def test_a_fence_with_a_mistake_is_still_an_example(site: Site, log: Log) -> None:
    site.page('```pyrun session="a" packages="numpy\n1\n```\n\n```{pyrun}\n2\n```')
    first, second = site.build().cells()
    assert (first["data-source"], first["data-session"]) == ("1", "a")
    assert second["data-source"] == "2"
    assert len(log.take()) == 2


@pytest.mark.parametrize("text", ["```pyrun\nprint('kept')\n", "- ```pyrun\n  print('kept')\n  ```\n"])
def test_rejected_code_stays_on_the_page(site: Site, log: Log, text: str) -> None:
    site.page(f"{text}\n\n```pyrun\nprint('next')\n```\n" if text.startswith("-") else text)
    assert "print('kept')" in site.build().soup().get_text()
    assert len(log.take()) == 1


def test_a_fence_that_is_not_closed_does_not_swallow_the_next(site: Site, log: Log) -> None:
    site.page("```pyrun\n1\n\ntext\n\n```pyrun\n2\n```\n\n```python\n3\n```\n")
    assert site.build().sources() == ["2"]
    assert len(log.take()) == 1


def test_an_error_on_purpose_is_not_reported(site: Site) -> None:
    site.page("```pyrun raises=SyntaxError\nprint(1\n```")
    assert site.build(strict=True).sources() == ["print(1"]


def test_a_name_used_twice_in_a_page_is_reported_at_its_second_use(site: Site, log: Log) -> None:
    example = '```pyrun name="demo"\n1\n```\n'
    site.page(f"{example}\n{example}\n")
    site.page(example, "other.md")
    site.build()
    (message,) = log.take()
    assert message == (
        "pyrun: index.md:5: the name 'demo' is already used in this page. Choose another name [pyrun.name]"
    )
    assert len(site.soup().find_all(id="demo")) == 1
    assert len(site.cells()) == 2


@pytest.mark.parametrize(
    ("front_matter", "warning"),
    [
        (
            "pyrun: {packges: [six]}",
            "there is no option 'packges' here: did you mean 'packages'? [pyrun.option]",
        ),
        ("pyrun: {packages: [1]}", "packages: [1] is not a list of packages. "),
        ("pyrun: {packages: no/such.whl}", "'no/such.whl' is not among the packages that pages of this "),
        ("pyrun: numpy", "the front matter has 'numpy' under 'pyrun', which takes options. "),
    ],
)
def test_a_mistake_in_front_matter_is_reported_once_for_the_page(
    site: Site, log: Log, front_matter: str, warning: str
) -> None:
    site.page(f"---\ntitle: Title\n{front_matter}\n---\n\n```pyrun\n1\n```\n\n```pyrun\n2\n```\n")
    site.build()
    (message,) = log.take()
    assert message.startswith(f"pyrun: index.md:3: {warning}")


def test_a_mistake_in_inserted_text_is_reported_where_the_page_inserts_it(site: Site, log: Log) -> None:
    snippet = site.write("snippet.md", "a\n\nb\n\n```pyrun autorn\nx\n```\n")
    site.configure(markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(snippet.parent)]}}])
    site.page(f'{FRONT_MATTER}# Title\n\n--8<-- "snippet.md"\n\n```pyrun\n1\n```\n')
    site.build()
    (message,) = log.take()
    line = f"{FRONT_MATTER}# Title\n\n".count("\n") + 1
    assert message.startswith(f"pyrun: index.md:{line}: ")
    assert [cell.get("data-line") for cell in site.cells()] == [None, str(line + 2)]


def test_lines_are_right_after_text_inserted_by_snippets(site: Site, log: Log) -> None:
    snippet = site.write("snippet.md", "a\n\nb\n\n```pyrun\nx\n```\n")
    site.configure(markdown_extensions=[{"pymdownx.snippets": {"base_path": [str(snippet.parent)]}}])
    site.page(f'{FRONT_MATTER}# Title\n\n--8<-- "snippet.md"\n\n```pyrun autorn\n1\n```\n')
    site.build()
    (message,) = log.take()
    assert message.startswith("pyrun: index.md:9: ")


@pytest.mark.parametrize(
    ("options", "warning"),
    [
        (
            {"pakages": ["numpy"]},
            (
                "Config value 'plugins': Plugin 'pyrun' option 'pakages': mkdocs.yml:4: "
                "there is no option 'pakages' here: did you mean 'packages'?"
            ),
        ),
        (
            {"packages": 1},
            (
                "Config value 'plugins': Plugin 'pyrun' option 'packages': mkdocs.yml:4: "
                "1 is not a list of packages. Valid values: a list of packages, or text with spaces or "
                "commas between them."
            ),
        ),
        (
            {"packages": ["nunpy"]},
            (
                "pyrun: mkdocs.yml:4: none of pip's indexes has a package nunpy. "
                "Correct the name [pyrun.packages]"
            ),
        ),
        (
            {"session": "a"},
            (
                "Config value 'plugins': Plugin 'pyrun' option 'session': mkdocs.yml:4: "
                "the option 'session' cannot be set here. Set it for the page or block"
            ),
        ),
    ],
)
def test_a_mistake_in_the_configuration_is_reported_once(
    site: Site, log: Log, options: dict[str, object], warning: str
) -> None:
    site.configure(plugins=["search", {"pyrun": options}])
    site.page("```pyrun\n1\n```\n\n```pyrun\n2\n```\n")
    site.build()
    (message,) = log.take()
    assert message.startswith(warning)
    assert site.sources() == ["1", "2"]


def test_a_missing_pyodide_folder_ends_the_build(site: Site, log: Log) -> None:
    site.configure(plugins=[{"pyrun": {"pyodide": "pyodide"}}])
    site.page("text")
    with pytest.raises(Abort):
        site.build()
    assert log.take() == [
        (
            f"mkdocs.yml:3: pyodide: the folder {site.folder / 'pyodide'} does not exist. "
            "Use 'bundled', 'cdn', a URL that begins with https://, or the path of a folder."
        )
    ]


def test_a_pyodide_folder_without_a_lock_file_ends_the_build(site: Site, log: Log) -> None:
    site.write("pyodide/pyodide.mjs", "")
    site.configure(plugins=[{"pyrun": {"pyodide": "pyodide"}}])
    site.page("text")
    with pytest.raises(Abort):
        site.build()
    (message,) = log.take()
    assert message.startswith(
        f"mkdocs.yml:3: pyodide: the folder {site.folder / 'pyodide'} has no pyodide-lock.json"
    )


def test_options_given_to_the_extension_are_checked_too(site: Site, log: Log) -> None:
    site.configure(markdown_extensions=[{"markdown_pyrun.extension": {"pakages": "six"}}])
    site.page("text")
    site.build()
    assert log.take() == [
        "pyrun: mkdocs.yml:5: there is no option 'pakages' here: did you mean 'packages'? [pyrun.option]"
    ]


def test_mistakes_of_plain_markdown_are_reported_by_line(convert: Convert, log: Log) -> None:
    convert('text\n\n```pyrun packages="numpy\n1\n```')
    (message,) = log.take()
    assert message.startswith("Markdown:3: the fence has an attribute that cannot be read")
    assert json.dumps(message)
