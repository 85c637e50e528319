"""Live Python examples in MkDocs, ProperDocs and Zensical sites.

`mkdocs_pyrun.extension` is a Python-Markdown extension that does the work; `mkdocs_pyrun.plugin`
registers it in MkDocs and ProperDocs, reads the options and adds the browser files.
"""
