"""The sites and pages of `tests/browser`, which hostile code attacks here."""

from tests.browser.conftest import (  # noqa: F401 - fixtures
    base_url,
    browser_files,
    browser_type_launch_args,
    host,
    make_site,
    open_page,
    pytest_generate_tests,
    served,
    share_page,
    shelf,
    site,
    supply,
)
