"""The content security policies that the documentation offers for hosts say the same, and spare the frame.

nginx and Apache serve a site with the documented text. Cloudflare Pages and Vercel cannot run in a test, so
their texts are read by the rules of their documentation.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import time
from contextlib import closing, contextmanager
from fnmatch import fnmatch
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from tests.browser.test_foreign_html import STRICT_POLICY
from tests.docs.building import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = DOCS / "how-to" / "content-security-policy.md"
HEADER = "Content-Security-Policy"
HTML_PAGE = "/guide/index.html"
FRAME = "/_static/pyrun/frame-0A1B2C3D.html"
BLOCK = re.compile(r"^```(\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS: list[tuple[str, str]] = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
TEXTS = dict(reversed(BLOCKS))
"""The first code block of each language."""

POLICY = " ".join(TEXTS["text"].split())
STARTS_WITHIN_S = 20
POLL_S = 0.01

NGINX = """
daemon off; master_process off; pid nginx.pid; error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {{ listen 127.0.0.1:{port}; root {site};
{text}
  }}
}}
"""

APACHE = """
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
Mutex sem
ErrorLog /dev/stderr
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule headers_module /usr/lib/apache2/modules/mod_headers.so
DocumentRoot {site}
<Directory {site}>
    AllowOverride All
</Directory>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in (HTML_PAGE, FRAME):
        file = tmp_path / "site" / path.lstrip("/")
        file.parent.mkdir(parents=True)
        file.write_text("<p>")
    (tmp_path / "site").chmod(0o755)
    return tmp_path / "site"


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(*command: str) -> Iterator[None]:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield
    finally:
        process.terminate()
        process.communicate()


def policy_of(port: int, path: str) -> str | None:
    """The header that a server sends with a file."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=STARTS_WITHIN_S)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        assert response.status == 200
        response.read()
        return response.getheader(HEADER)


def wait_for(port: int) -> None:
    """Wait until a server listens: a connection that is refused at once is tried again."""
    for _ in range(round(STARTS_WITHIN_S / POLL_S)):
        with closing(socket.socket()) as probe:
            probe.settimeout(STARTS_WITHIN_S)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(POLL_S)
    pytest.fail("the server has not started")


def test_the_first_policy_is_the_one_that_the_browser_tests_run_under() -> None:
    assert POLICY == STRICT_POLICY


def test_nginx_sends_the_policy_and_spares_the_frame(tmp_path: Path, site: Path) -> None:
    port = free_port()
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(NGINX.format(port=port, site=site, text=TEXTS["nginx"]), encoding="utf-8")
    with running("/usr/sbin/nginx", "-e", "stderr", "-p", str(tmp_path), "-c", str(configuration)):
        wait_for(port)
        assert policy_of(port, HTML_PAGE) == POLICY
        assert policy_of(port, FRAME) is None


def test_apache_sends_the_policy_and_spares_the_frame(tmp_path: Path, site: Path) -> None:
    port = free_port()
    configuration = tmp_path / "apache.conf"
    configuration.write_text(APACHE.format(port=port, site=site, folder=tmp_path), encoding="utf-8")
    (site / ".htaccess").write_text(TEXTS["apache"], encoding="utf-8")
    with running("/usr/sbin/apache2", "-f", str(configuration), "-DFOREGROUND"):
        wait_for(port)
        assert policy_of(port, HTML_PAGE) == POLICY
        assert policy_of(port, FRAME) is None


def test_cloudflare_pages_gets_the_policy_and_spares_the_frame() -> None:
    text = next(text for _, text in BLOCKS if text.startswith("/*"))

    def headers_for(path: str) -> dict[str, str]:
        headers: dict[str, str] = {}
        matches = False
        for line in text.splitlines():
            if not line.startswith(" "):
                matches = fnmatch(path, line)
            elif matches and line.strip().startswith("! "):
                del headers[line.strip().removeprefix("! ")]
            elif matches:
                name, _, value = line.strip().partition(": ")
                headers[name] = value
        return headers

    assert headers_for(HTML_PAGE) == {HEADER: POLICY}
    assert headers_for(FRAME) == {}


def test_vercel_gets_the_policy_and_spares_the_frame() -> None:
    (rule,) = json.loads(TEXTS["json"])["headers"]
    assert rule["headers"] == [{"key": HEADER, "value": POLICY}]
    assert re.fullmatch(rule["source"], HTML_PAGE)
    assert not re.fullmatch(rule["source"], FRAME)


def test_pages_of_hosts_without_headers_carry_the_policy() -> None:
    assert f'<meta http-equiv="{HEADER}" content="{POLICY}">' in TEXTS["html+jinja"]
