"""The names of `IPython.display` where code for older versions of IPython imports them."""

from IPython.display import *  # noqa: F403 - the same names
