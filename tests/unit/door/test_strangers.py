"""Whoever has not signed in, at the real server: neither its memory nor its time is theirs."""

import os
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.e2e.browser.running import RunningApp
from tests.unit.door.visiting import Visit, cookie, put, request, server

MB = 1_000_000


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    with server(tmp_path_factory.mktemp("door")) as running:
        yield running


def rss(app: RunningApp) -> int:
    assert app.process is not None
    return int(psutil.Process(app.process.pid).memory_info().rss)


def settled(app: RunningApp) -> int:
    """Once what the server makes ready in the background at its start is there."""
    before, until = 0, time.monotonic() + 90
    while (now := rss(app)) - before > MB and time.monotonic() < until:
        before = now
        time.sleep(6)
    return now


def raw(app: RunningApp, **headers: str) -> socket.socket:
    """A websocket on which anything can be written."""
    line = socket.create_connection(("127.0.0.1", app.port), timeout=30)
    extra = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    line.sendall(
        (
            f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{app.port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{extra}\r\n"
        ).encode()
    )
    assert b" 101 " in line.recv(4096)
    return line


def frame(opcode: int, payload: bytes, *, fin: bool) -> bytes:
    head = bytes([opcode | (0x80 if fin else 0)])
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xff"
    long = b"" if len(payload) < 126 else struct.pack("!Q", len(payload))
    return head + size + long + b"\0\0\0\0" + payload


def hung_up(line: socket.socket, seconds: float) -> bool:
    """Whether the server closes within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        line.settimeout(max(until - time.monotonic(), 0.01))
        try:
            if not line.recv(65536):
                return True
        except TimeoutError:
            return False
        except OSError:
            return True
    return False


def test_sixty_that_send_10_mb_each_add_under_100_mb(app: RunningApp) -> None:
    Visit(app).open().socket.close()
    before = settled(app)
    visits = [Visit(app).open() for _ in range(60)]
    told = {visit.put(visit.ids()[0], 10 * MB) for visit in visits}
    after = rss(app)
    for visit in visits:
        visit.socket.close()
    assert told <= {0, 403}
    assert after - before < 100 * MB


def test_a_file_needs_a_sign_in_and_an_id_that_its_page_was_given(app: RunningApp) -> None:
    member = Visit(app, cookie()).open()
    file_id = member.ids()[0]
    assert member.put(file_id, 1000, cookie="") == 403
    assert put(app, member.session_id, "made-up", 1000, cookie()) == 403
    assert put(app, "nobody", file_id, 1000, cookie()) == 403
    assert member.put(file_id, 1000) == 204
    path = f"/_stcore/upload_file/{member.session_id}/{file_id}"
    assert request(app, path, method="DELETE")[0] == 403
    member.socket.close()


def test_what_one_session_holds_is_limited(app: RunningApp) -> None:
    member = Visit(app, cookie()).open()
    told = [member.put(file_id, 60 * MB) for file_id in member.ids(9)]
    assert told == [204] * 8 + [413]
    member.socket.close()


def test_a_viewer_sends_no_file(tmp_path: Path) -> None:
    with server(tmp_path, ACCESS_ROLE="viewer") as running:
        viewer = Visit(running, cookie()).open()
        assert viewer.put(viewer.ids()[0], 1000) == 403
        viewer.socket.close()


def test_a_million_fragments_hold_nobody_up(app: RunningApp) -> None:
    first = frame(2, b"x", fin=False)
    rest = frame(0, b"x", fin=False) * 10_000
    slowest, stop = [0.0], threading.Event()

    def others() -> None:
        while not stop.is_set():
            began = time.monotonic()
            assert request(app, "/_stcore/health")[0] == 200
            slowest[0] = max(slowest[0], time.monotonic() - began)

    other = threading.Thread(target=others)
    other.start()
    line = raw(app)
    with suppress(OSError):
        line.sendall(first)
        for _ in range(100):
            line.sendall(rest)
    assert hung_up(line, 10)
    stop.set()
    other.join(30)
    assert slowest[0] < 1.0


@pytest.mark.parametrize("opcode", [0x9, 0x2, 0x1], ids=["pings", "messages", "texts"])
def test_nor_do_many_small_frames_of_another_kind(app: RunningApp, opcode: int) -> None:
    line = raw(app)
    with suppress(OSError):
        for _ in range(20):
            line.sendall(frame(opcode, b"", fin=True) * 1000)
    assert hung_up(line, 10)


def test_a_frame_that_never_ends_holds_little_and_not_for_long(app: RunningApp) -> None:
    before = rss(app)
    lines = [raw(app) for _ in range(10)]
    head = b"\x02\xff" + struct.pack("!Q", 190 * MB) + b"\0\0\0\0"
    for line in lines:
        with suppress(OSError):
            line.sendall(head + b"x" * 10 * MB)
    assert all(hung_up(line, 10) for line in lines)
    assert rss(app) - before < 50 * MB
    small = raw(app)
    small.sendall(frame(2, b"x" * 5000, fin=False))
    assert hung_up(small, 60)


def test_an_address_has_so_many_sockets_before_it_signs_in(app: RunningApp) -> None:
    lines = []
    try:
        with suppress(AssertionError):
            for _ in range(100):
                lines.append(raw(app))
        assert 20 <= len(lines) < 100
        Visit(app, cookie()).open().socket.close()
    finally:
        for line in lines:
            line.close()


def test_a_session_is_not_gone_on_with_by_its_id_alone(app: RunningApp) -> None:
    member = Visit(app, cookie()).open()
    stranger = Visit(app, resume=member.session_id).open()
    assert stranger.session_id != member.session_id
    again = Visit(app, cookie(), resume=member.session_id).open()
    assert again.session_id == member.session_id
    for visit in (stranger, again):
        visit.socket.close()


def test_a_picture_needs_a_sign_in_and_stays_in_no_cache(app: RunningApp) -> None:
    path = "/media/0123456789abcdef.png"
    for written in (
        path,
        f"/{path}",
        "/%6dedia/x.png",
        "/media/a/b.png",
        "/media/x?title=a",
        "/media/",
    ):
        for method in ("GET", "HEAD"):
            assert request(app, written, method=method)[0] in (400, 403), written
    assert request(app, path, method="PUT")[0] in (403, 405)
    status, headers = request(app, path, {"Cookie": cookie()})
    assert status == 404
    assert headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1:1", "http://localhost:3000", "http://evil.example", "null", "file://"],
)
def test_a_page_of_another_port_or_host_opens_no_socket(app: RunningApp, origin: str) -> None:
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        Visit(app).open(Origin=origin)
    Visit(app).open(Origin=f"http://127.0.0.1:{app.port}").socket.close()


@pytest.mark.parametrize(
    "path", ["agent", "agent/sessions", "metrics", "script-health-check", "whatever", "stream"]
)
def test_what_nobody_needs_is_not_there(app: RunningApp, path: str) -> None:
    for given in ({}, {"Cookie": cookie()}):
        assert request(app, f"/_stcore/{path}", given)[0] == 404


def test_half_open_connections_end_and_shut_nobody_out(app: RunningApp) -> None:
    lines = []
    for n in range(300):
        line = socket.create_connection(("127.0.0.1", app.port), timeout=30)
        if n % 2:
            line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        lines.append(line)
    assert request(app, "/_stcore/health")[0] == 200
    assert all(hung_up(line, 30) for line in lines)


def test_the_server_is_still_there(app: RunningApp) -> None:
    assert os.path.exists(app.folder)
    assert app.process is not None
    assert app.process.poll() is None
