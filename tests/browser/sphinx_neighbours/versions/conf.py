"""A site that is built for several versions of a project."""

project = "Versions"
extensions = ["sphinx_pyrun", "sphinx_multiversion"]
pyrun_snapshots = False
html_theme = "basic"
smv_branch_whitelist = "^$"  # tags only
