"""Sites of generators that know nothing of pyrun: built for real, finished by ``pyrun finish``, and read.

Each author writes the same page in the way of the generator. Hugo, Pelican and pandoc, which writes the HTML
of Quarto, are in a separate environment; Jekyll is Debian's.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.live_page import Cell
from tests.browser.neighbours import outputs
from tests.environments.environment import run
from tests.packages.wheels import make_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext

    from tests.browser.neighbours import Visits
    from tests.browser.server import SiteServer
    from tests.conftest import MakeEnvironment

FENCE = "```pyrun"
NAMED_FENCE = "```{.python .pyrun}"
"""For a generator that drops the names of languages that its highlighter doesn't know."""

TEXT = f"""
Text before.

{FENCE}
#| hidden: true
base = 40
```

{FENCE}
#| caption: Uses the set-up code
total = base + 2
print(f"{{total}} <b> & 'x'")
```

{FENCE}
#| files: /guide/points.txt
#| packages: ["./greeting-1.0-py3-none-any.whl"]
import greeting
print(greeting.__version__, open("/guide/points.txt").read().strip(), total)
```

Text after.

```python
print("this block is not live")
```

"""
OUTPUTS = ("42 <b> & 'x'", "1.0 1,2 42")

HUGO_TEXT = """
```python {class="pyrun" data-caption="Numbers in a table" linenos=table}
#| session: numbers
print("table", total := 1)
```

```python {class="pyrun" linenos=inline}
#| session: numbers
print("inline", total)
```
"""
JEKYLL_TEXT = """
```python
#| session: attributes
print("attributes")
```
{: .pyrun data-caption="By attributes"}
"""
PANDOC_TEXT = """
```{.python .pyrun .numberLines session=attributes}
#| caption: Numbered
print("attributes")
```
"""
EXTENSION_TEXT = """
```pyrun hidden
base = 40
```

```pyrun caption="With the extension" files="/guide/points.txt"
print(base + 2, open("/guide/points.txt").read().strip())
```
"""

YAML = "---\ntitle: Plots\n---\n"
PELICAN_HEADER = "Title: Plots\nDate: 2026-01-01\n\n"
PELICAN_SETTINGS = """
SITENAME = AUTHOR = "Pelican"
SITEURL = "ROOT".rstrip("/")
TIMEZONE = "UTC"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = None
"""
HUGO_CONFIGURATION = 'baseURL = "ROOT"\ntitle = "Hugo"\ntheme = "default"\n'
PYRUN_CONFIGURATION = (
    'repack = false\npage-packages = ["./greeting-1.0-py3-none-any.whl"]\n[site]\ndocuments = "content"\n'
)


@dataclass(frozen=True)
class Generator:
    """A generator: the page in its Markdown, its configuration, the command, and the page's address."""

    text: str
    command: str
    page: str = "plots.html"
    source: str = "content/plots.md"
    files: dict[str, str] = field(default_factory=dict)
    outputs: tuple[str, ...] = OUTPUTS

    def write(self, folder: Path, root: str) -> None:
        """Write the sources of a site. ``root`` is its URL."""
        page = {self.source: self.text, "content/guide/points.txt": "1,2\n"}
        for name, text in {**self.files, **page, "pyrun.toml": PYRUN_CONFIGURATION}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("ROOT", root), encoding="utf-8")
        make_wheel(folder, "greeting")


def hugo(options: str = "", configuration: str = "") -> Generator:
    """Hugo with the theme that it makes, and with pretty URLs."""
    return Generator(
        YAML + TEXT + HUGO_TEXT,
        f"hugo --quiet {options} --destination SITE",
        "guide/plots/",
        "content/guide/plots.md",
        {"hugo.toml": HUGO_CONFIGURATION + configuration},
        (*OUTPUTS, "table 1", "inline 1"),
    )


def pelican(text: str, settings: str = "", outputs: tuple[str, ...] = OUTPUTS) -> Generator:
    """Pelican with its theme."""
    return Generator(
        PELICAN_HEADER + text,
        "pelican content --quiet --settings settings.py --output SITE",
        files={"settings.py": PELICAN_SETTINGS + settings},
        outputs=outputs,
    )


GENERATORS = {
    "Hugo": hugo(),
    "Hugo, minified, with classes": hugo("--minify", "[markup.highlight]\nnoClasses = false\n"),
    "Pelican": pelican(TEXT.replace(FENCE, NAMED_FENCE)),
    "Pelican with the extension": pelican(
        EXTENSION_TEXT,
        'MARKDOWN = {"extensions": ["markdown.extensions.meta", "markdown_pyrun.extension"]}\n',
        ("42 1,2",),
    ),
    "Jekyll": Generator(
        YAML + TEXT + JEKYLL_TEXT,
        "jekyll build --quiet --destination SITE",
        "content/plots.html",
        files={"_config.yml": "title: Jekyll\n"},
        outputs=(*OUTPUTS, "attributes"),
    ),
    "pandoc": Generator(
        YAML + TEXT + PANDOC_TEXT,
        "pandoc --standalone content/plots.md --output SITE/plots.html",
        "plots.html",
        outputs=(*OUTPUTS, "attributes"),
    ),
}


@dataclass(frozen=True)
class Project:
    """The sources of a site, and the folder ``site`` into which it is built, below the root of its server."""

    generator: Generator
    folder: Path
    site: Path
    url: str

    @property
    def address(self) -> str:
        """The URL of the page."""
        return self.url + self.generator.page

    def build(self) -> None:
        """Build the site."""
        self.site.mkdir(parents=True, exist_ok=True)
        run(*self.generator.command.replace("SITE", str(self.site)).split(), cwd=self.folder)

    def finish(self) -> str:
        """Finish the site, and return what the command prints. A warning is an error."""
        return run("pyrun", "finish", "--strict", self.site, cwd=self.folder)

    def contents(self) -> dict[str, bytes]:
        """All files of the site."""
        return {str(path): path.read_bytes() for path in self.site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", autouse=True)
def _environment_variables(make_environment: MakeEnvironment, browser_files: Path) -> Iterator[None]:
    """As in the activated environment with the generators."""
    assert browser_files.is_dir()
    python = make_environment("any-site")
    find_pandoc = "import pypandoc; print(pypandoc.get_pandoc_path(), end='')"
    pandoc = Path(run(python, "-c", find_pandoc, cwd=browser_files))
    with pytest.MonkeyPatch.context() as patch:
        for program in (pandoc, python):
            patch.setenv("PATH", str(program.parent), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def make_project(tmp_path_factory: pytest.TempPathFactory, served: SiteServer) -> Callable[[str], Project]:
    """Writes the sources of a site, which is in a folder of its server."""

    def make(name: str) -> Project:
        folder = tmp_path_factory.mktemp("generators")
        path = f"{folder.name}/docs/"
        if name.startswith("Hugo"):
            run("hugo", "new", "theme", "default", cwd=folder)
            rmtree(folder / "themes" / "default" / "content")
        project = Project(GENERATORS[name], folder, served.folder / path, served.url + path)
        project.generator.write(folder, project.url)
        project.build()
        return project

    return make


@pytest.mark.parametrize("name", GENERATORS)
def test_examples_run(name: str, make_project: Callable[[str], Project], visit: Visits) -> None:
    project = make_project(name)
    project.finish()
    page = visit(project.address)
    assert tuple(outputs(page)) == project.generator.outputs
    for block in page.locator("pyrun-cell pre").all():
        assert "#|" not in block.inner_text()

    before = project.contents()
    assert "HTML files written: 0" in project.finish()
    assert project.contents() == before


def test_a_fence_whose_language_the_generator_drops_is_a_warning(
    make_project: Callable[[str], Project],
) -> None:
    project = make_project("Pelican")
    (project.folder / "content" / "plots.md").write_text(PELICAN_HEADER + TEXT, encoding="utf-8")
    project.build()
    command = ["pyrun", "finish", "--strict", str(project.site)]
    for _ in range(2):
        done = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "this block has options of pyrun, but it isn't live" in done.stderr


def test_the_page_of_a_rebuilt_site_is_live_while_the_command_watches(
    make_project: Callable[[str], Project], visit: Visits
) -> None:
    project = make_project("Hugo, minified, with classes")
    command = ["pyrun", "finish", "--watch", str(project.site)]
    with subprocess.Popen(command, cwd=project.folder, stdout=subprocess.PIPE, text=True) as watching:
        assert watching.stdout is not None
        try:
            assert any("HTML files written: 3" in line for line in watching.stdout)
            source = project.folder / project.generator.source
            source.write_text(source.read_text(encoding="utf-8").replace("+ 2", "+ 3"), encoding="utf-8")
            project.build()
            assert any("HTML files written: " in line for line in watching.stdout)
        finally:
            watching.terminate()
    page = visit(project.address)
    assert Cell(page.locator("pyrun-cell:visible").first).run_to("done").startswith("43")


@pytest.mark.parametrize("content", [None, "{", "<html>not found</html>"], ids=["missing", "cut off", "HTML"])
def test_a_reader_is_told_that_the_settlement_is_gone(
    content: str | None,
    make_project: Callable[[str], Project],
    new_context: Callable[..., BrowserContext],
) -> None:
    project = make_project("pandoc")
    project.finish()
    settlement = project.site / "assets" / "pyrun" / "settlement.json"
    settlement.unlink()
    if content is not None:
        settlement.write_text(content, encoding="utf-8")
    page = new_context().new_page()
    page.goto(project.address)
    cell = Cell(page.locator("pyrun-cell:visible").first)
    cell.run()
    cell.wait_for("error")
    expect(cell.locator).to_contain_text("settlement.json")
