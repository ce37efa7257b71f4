"""A web of our own: names lead where a test says, and every connection ends at a loopback server.

Nothing but the sockets is made up: what is asked and answered is HTTP over TCP.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from httpcore2 import AnyIOBackend, AsyncNetworkStream, NetworkStream, SyncBackend

Reply = tuple[int, dict[str, str], bytes]
Answers = dict[str, list[Sequence[str]]]
PUBLIC = "93.184.215.14"


class Web:
    """`with Web(replies, answers) as web`. replies: by host and path; answers: for a name the
    addresses of each look-up in turn, the last one for good."""

    def __init__(
        self, replies: dict[str, Reply] | None = None, answers: Answers | None = None
    ) -> None:
        self.replies = replies or {}
        self.answers = answers or {}
        self.looked_up: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.slow: Callable[[BaseHTTPRequestHandler], None] | None = None

    def __enter__(self) -> Self:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, f"unknown name {host}")
        turns = self.answers[host]
        return turns.pop(0) if len(turns) > 1 else turns[0]

    def connect(self, address: str, port: int, timeout: float, **_: object) -> NetworkStream:
        self.connected.append((address, port))
        return SyncBackend().connect_tcp("127.0.0.1", self._server.server_port, timeout)

    async def connect_async(
        self, address: str, port: int, timeout: float, **_: object
    ) -> AsyncNetworkStream:
        self.connected.append((address, port))
        return await AnyIOBackend().connect_tcp("127.0.0.1", self._server.server_port, timeout)

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers.get("Host", "")
        self.asked.append((host + handler.path, dict(handler.headers)))
        if self.slow:
            self.slow(handler)
            return
        status, headers, body = self.replies.get(host + handler.path, (404, {}, b""))
        handler.send_response(status)
        for key, value in headers.items():
            handler.send_header(key, value)
        if "Content-Length" not in headers:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A byte now and then, without end."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass
