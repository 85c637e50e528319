"""Turtle graphics, shown in the output: `pyrun_runtime.turtle_pictures` fills this module."""

from pyrun_runtime import turtle_pictures

turtle_pictures.load(globals())
