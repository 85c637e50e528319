"""The built HTML of a site: its examples are read, settled, and given the files that they load.

The command ``pyrun finish`` does this for any generator, the MkDocs plugin at the end of a build.
"""
