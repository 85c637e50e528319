"""Live Python examples in MkDocs and ProperDocs: a plugin that uses the extension `markdown_pyrun`."""
