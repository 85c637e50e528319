"""Live Python examples in MkDocs and ProperDocs: the plugin around the extension `markdown_pyrun`."""
