"""
An example of the gallery
=========================

The text of a gallery page can contain live examples.

.. pyrun::

   from math import sqrt

   root = sqrt(16)
   print("root:", root)
"""

from math import sqrt

print(sqrt(2))

# %%
# Another block of text
# ---------------------
#
# .. pyrun::
#    :hidden:
#
#    hidden = 3
#
# .. pyrun::
#    :caption: Twice
#    :linenos:
#
#    print("sum:", root + hidden)  # doctest: +SKIP

print(sqrt(3))
