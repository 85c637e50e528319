"""A small book that uses every feature an author can write."""

project = "Tutorial"
author = "An author"
copyright = "2026, An author"  # noqa: A001 - Sphinx's name
version = release = "1.0"
extensions = ["sphinx_pyrun", "myst_parser"]
exclude_patterns = ["_build", "parts"]
numfig = True
show_warning_types = True
applehelp_bundle_id = "org.example.tutorial"
applehelp_disable_external_tools = True
latex_documents = [("index", "tutorial.tex", "Tutorial", "An author", "manual")]
man_pages = [("index", "tutorial", "Tutorial", ["An author"], 1)]
texinfo_documents = [("index", "tutorial", "Tutorial", "An author", "Tutorial", "A tutorial", "Misc")]
