"""Help with failures: tracebacks, missing packages, undefined names, forgotten awaits."""
