"""Turtle graphics in the output. `pyrun_runtime.turtle.pictures` fills this module."""

from pyrun_runtime.turtle import pictures as turtle_pictures

turtle_pictures.load(globals())
