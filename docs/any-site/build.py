"""Writes the Markdown pages in the folder ``pages`` as HTML, into the folder that the command names."""

import sys
from pathlib import Path

from markdown import markdown

here, site = Path(__file__).parent, Path(sys.argv[1])
site.mkdir(parents=True, exist_ok=True)
for page in (here / "pages").glob("*.md"):
    content = markdown(page.read_text(encoding="utf-8"), extensions=["extra"])
    html = (here / "page.html").read_text(encoding="utf-8").replace("CONTENT", content)
    (site / page.with_suffix(".html").name).write_text(html, encoding="utf-8")
