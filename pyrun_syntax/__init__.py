"""Code that is not Python, but is copied into examples: sessions, notebooks, text from a page.

The build and the Python in the browser share this package: the archive of the runtime contains it
(`assets/build/build.mjs`). It needs only the standard library, and the browser imports it only for code
that is not Python.
"""
