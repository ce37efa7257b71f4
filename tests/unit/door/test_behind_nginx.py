"""The same attacks as in test_strangers.py, through deploy/nginx.conf; and Streamlit's files."""

import gzip
import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import psutil
import pytest

from tests.e2e.browser.running import RunningApp
from tests.e2e.cluster.proxy import MISSING, Nginx, nginx
from tests.unit.door.test_static_files import FONT, SCRIPT, address, ask
from tests.unit.door.test_strangers import MB, frame, hung_up, raw, settled
from tests.unit.door.visiting import Visit, cookie, request, server


@dataclass
class Behind(RunningApp):
    """An app that is reached by its proxy's port."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    if nginx() is None:
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("behind")
    trusted = {"FORWARDED_ALLOW_IPS": "127.0.0.1"}
    with (
        server(folder / "app", **trusted) as running,
        Nginx(folder / "nginx", [running.port, running.port]) as proxy,
    ):
        assert running.process is not None
        yield Behind(running.folder, port=proxy.port, process=running.process)


def test_sixty_that_send_10_mb_each_add_under_100_mb(app: RunningApp) -> None:
    Visit(app).open().socket.close()
    before = settled(app)
    visits = [Visit(app).open() for _ in range(60)]
    told = {visit.put(visit.ids()[0], 10 * MB) for visit in visits}
    assert app.process is not None
    after = int(psutil.Process(app.process.pid).memory_info().rss)
    for visit in visits:
        visit.socket.close()
    # Never that the node is broken: nobody would be sent there for a while.
    assert told <= {403, 429}
    assert after - before < 100 * MB


@pytest.mark.parametrize("path", ["/", "/shared", "/_stcore/health", "/signed-in"])
def test_a_large_body_that_nobody_reads_takes_no_node_away(app: RunningApp, path: str) -> None:
    for _ in range(3):
        connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
        with suppress(BrokenPipeError, ConnectionResetError):
            connection.request("POST", path, b"x" * 20 * MB)
        connection.close()
        assert request(app, "/_stcore/health")[0] == 200


def test_a_member_sends_and_a_million_fragments_hold_nobody_up(app: RunningApp) -> None:
    member = Visit(app, cookie()).open()
    assert member.put(member.ids()[0], MB) == 204
    member.socket.close()
    stop, answered = threading.Event(), [0]

    def others() -> None:
        while not stop.is_set():
            assert request(app, "/_stcore/health")[0] == 200
            answered[0] += 1

    other = threading.Thread(target=others)
    other.start()
    line = raw(app)
    rest = frame(0, b"x", fin=False) * 10_000
    with suppress(OSError):
        line.sendall(frame(2, b"x", fin=False))
        for _ in range(100):
            line.sendall(rest)
    assert hung_up(line, 20)
    until, had = time.monotonic() + 20, answered[0]
    while answered[0] == had and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    other.join(30)
    assert answered[0] > had
    assert not other.is_alive()


def test_files_are_compressed_once_and_kept_for_good(app: RunningApp) -> None:
    for name in (address(SCRIPT), "/"):
        _, headers, body = ask(app, name)
        plain = ask(app, name, "identity")[2]
        assert headers.get_all("content-encoding") == ["gzip"]
        assert gzip.decompress(body) == plain
        assert "Accept-Encoding" in headers["vary"]
        assert ask(app, name, if_none_match=headers["etag"])[0] == 304
        assert plain == SCRIPT.read_bytes() if name != "/" else b"<title>Tuwen" in plain
    assert "immutable" in ask(app, address(SCRIPT))[1]["cache-control"]
    assert "content-encoding" not in ask(app, address(FONT))[1]
