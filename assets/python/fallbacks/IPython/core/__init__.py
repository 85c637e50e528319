"""Parts of `IPython.core` that code for notebooks imports."""
