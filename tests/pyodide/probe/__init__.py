"""A package whose state shows what a snapshot contains."""

import random

from pyrun_probe import native

BYTECODE = False
"""Whether this module came from bytecode, which is compiled from a source with another value."""

FILE = open(__file__, encoding="utf-8")  # noqa: PTH123, SIM115 - stays open in the snapshot
BEGINNING = FILE.read(3)
COUNTED = native.answer()
DRAWN = random.getstate()
