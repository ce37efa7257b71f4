"""What a node is told of a visitor, by a server in a node's place that says what it got; and what
nginx makes of an answer that isn't compressed."""

import gzip
import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.e2e.browser.visiting import needs
from tests.e2e.cluster.proxy import MISSING, Nginx, nginx


class Mirror(BaseHTTPRequestHandler):
    """Answers with the request's headers, as JSON, and a line that makes it long."""

    def do_GET(self) -> None:
        told = {key.lower(): value for key, value in self.headers.items()}
        body = json.dumps(told | {"long": "x" * 2000}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mirrored(tmp_path: Path) -> Iterator[Nginx]:
    """nginx with two such servers for nodes."""
    needs(nginx(), MISSING)
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), Mirror) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    with Nginx(tmp_path / "nginx", [server.server_port for server in servers]) as proxy:
        yield proxy
    for server in servers:
        server.shutdown()
        server.server_close()


def test_what_a_visitor_claims_about_itself_is_overwritten(mirrored: Nginx) -> None:
    claimed = {
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.test",
        "Forwarded": "for=203.0.113.7",
        "Host": "tuwen.example.org:8443",
    }
    with urllib.request.urlopen(urllib.request.Request(mirrored.url, headers=claimed)) as response:
        told = json.load(response)
    assert told["x-forwarded-for"] == "127.0.0.1"
    assert told["x-forwarded-proto"] == "http"
    assert told["host"] == told["x-forwarded-host"] == "tuwen.example.org:8443"
    assert "forwarded" not in told
    assert "203.0.113.7" not in json.dumps(told)


def test_files_alone_are_compressed(mirrored: Nginx) -> None:
    for path, packed in (("/static/js/x.js", True), ("/", False), ("/shared", False)):
        for accepted in ("gzip", "identity"):
            request = urllib.request.Request(
                mirrored.url + path, headers={"Accept-Encoding": accepted}
            )
            with urllib.request.urlopen(request) as response:
                body, headers = response.read(), response.headers
            said = packed and accepted == "gzip"
            assert headers["content-encoding"] == ("gzip" if said else None), path
            assert json.loads(gzip.decompress(body) if said else body)["long"] == "x" * 2000
            assert headers["vary"] == ("Accept-Encoding" if packed else None)
