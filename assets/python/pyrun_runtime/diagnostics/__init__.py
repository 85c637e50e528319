"""What readers are told when code fails: tracebacks, missing packages, undefined names, forgotten awaits."""
