"""The proof of a site: every live example runs, and its output is compared with the documented one."""
