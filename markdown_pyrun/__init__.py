"""Live Python examples in Markdown: all that knows Python-Markdown, and no documentation generator.

`markdown_pyrun.extension` is the extension. A generator that runs nothing but Markdown extensions uses it
alone; `mkdocs_pyrun` puts the MkDocs plugin around it.
"""
