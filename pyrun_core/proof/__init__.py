"""The proof of a site: every live example runs at build, and its output is compared with the documented one."""
