"""The ASGI middleware before Streamlit's own addresses."""

import asyncio
import time
from urllib.parse import urlsplit

import streamlit as st
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from components import services
from components.access.errors import AccessError
from components.access.password import network
from components.errors import StoreError
from components.ui.server.door import uploads
from components.ui.server.door.asker import asker
from components.ui.server.door.sockets import HEADER, SOCKETS, Socket
from components.ui.server.door.uploads import UPLOADS, Refused
from components.ui.server.door.wire import SCOPE
from components.ui.streamlit_seam import uploaded_files

STREAM = "stream"
# Of Streamlit's own addresses; what a later release adds stays shut.
OPEN = ("health", "host-config")
OPEN_BELOW = ("upload_file/", "bidi-components/")
SILENCE = 30.0  # seconds between two pieces of an upload
SLOWEST = 20_000  # bytes/s, on the whole
_CHANGES = {"PUT", "POST", "DELETE"}


class FrontDoor:
    """Shuts what nobody needs, and asks who is there before a file is taken or given."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        base = str(st.get_option("server.baseUrlPath") or "").strip("/")
        self._base = f"/{base}" if base else ""
        self._most = int(st.get_option("server.maxUploadSize")) * 1024 * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self._request(scope, receive, send)
        except Refused as no:
            await _answer(send, no)
        except StoreError:
            await _answer(send, Refused(503, "who is asking can't be looked up"))

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(self._base)
        first, _, rest = path.lstrip("/").partition("/")
        if first == "_stcore":
            if rest not in OPEN and not rest.startswith(OPEN_BELOW):
                raise Refused(404, "not found")
            if rest.startswith("upload_file/") and scope["method"] in _CHANGES:
                try:
                    await self._upload(scope, receive, send, rest.split("/")[1:])
                except Refused:
                    await _let_pass(_hurried(receive, self._most), self._most)
                    raise
                return
        elif first == "media":
            await _signed_in(scope)
            await self.app(scope, receive, _unkept(send))
            return
        await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send, at: list[str]) -> None:
        if len(at) != 2:
            raise Refused(404, "not found")
        session_id, file_id = at
        asked = HTTPConnection(scope)
        await asyncio.to_thread(uploads.check, asked, session_id, file_id)
        if scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        size = uploads.length(asked, self._most)
        held, held_all = uploaded_files.held(session_id)
        with UPLOADS.room(session_id, size, held, held_all):
            await self.app(scope, _hurried(receive, size), send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = HTTPConnection(scope)
        path = scope["path"].removeprefix(self._base).strip("/")
        if path != f"_stcore/{STREAM}" or not same_origin(asked):
            await send({"type": "websocket.close", "code": 1008})
            return
        try:
            await asyncio.to_thread(asker, asked)
            signed_in = True
        except (AccessError, StoreError):
            signed_in = False
        address = network(scope["client"][0] if scope.get("client") else None)
        socket = Socket(address, signed_in, scope.get("extensions", {}).get(SCOPE))
        if not SOCKETS.enter(socket):
            await send({"type": "websocket.close", "code": 1013})
            return
        try:
            again = signed_in or services.app().access().mode != "password"
            headers = _headers(scope["headers"], socket.id, again=again)
            await self.app({**scope, "headers": headers}, receive, send)
        finally:
            SOCKETS.leave(socket)


def same_origin(asked: HTTPConnection) -> bool:
    """Whether a page of this very address opens the socket: of the same host and port. What
    isn't a browser names no origin, and has no cookie that somebody else could use."""
    origin, host = asked.headers.get("origin"), asked.headers.get("host", "").lower()
    if origin is None:
        return True
    try:
        at = urlsplit(origin.lower())
        named = at.netloc
    except ValueError:
        return False
    if at.scheme not in {"http", "https"} or not named:
        return False
    usual = {"http": ":80", "https": ":443"}[at.scheme]
    return named.removesuffix(usual) == host.removesuffix(usual) or named in _named(usual)


def _named(usual: str) -> set[str]:
    """Hosts with ports that the settings name: for a proxy that passes on a host of its own."""
    found = {urlsplit(each.lower()).netloc for each in st.get_option("server.corsAllowedOrigins")}
    if config.is_manually_set("browser.serverAddress"):
        name = str(st.get_option("browser.serverAddress")).lower()
        found |= {name, f"{name}{usual}"}
        if config.is_manually_set("browser.serverPort"):
            found.add(f"{name}:{st.get_option('browser.serverPort')}")
    return found - {""}


def _headers(
    given: list[tuple[bytes, bytes]], socket_id: str, *, again: bool
) -> list[tuple[bytes, bytes]]:
    """again: whether an earlier session may be gone on with. The ids of sessions stand in
    addresses and stores: with a shared password alone, nothing else would tell whose one is."""
    kept = []
    for name, value in given:
        low = name.lower()
        if low == HEADER.encode():
            continue
        if low == b"sec-websocket-protocol" and not again:
            value = b",".join(value.split(b",")[:2])
        kept.append((name, value))
    return [*kept, (HEADER.encode(), socket_id.encode())]


async def _signed_in(scope: Scope) -> None:
    """Raises Refused for whoever isn't let in."""
    try:
        await asyncio.to_thread(asker, HTTPConnection(scope))
    except AccessError as error:
        raise Refused(403, error.code) from error


def _unkept(send: Send) -> Send:
    """The answer stays in no cache: who may see it is looked up each time."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [h for h in message.get("headers", []) if h[0].lower() != b"cache-control"]
            message["headers"] = [*headers, (b"cache-control", b"private, no-store")]
        await send(message)

    return marked


def _hurried(receive: Receive, size: int) -> Receive:
    """A body that doesn't come is given up: it holds room that others could use."""
    until = time.monotonic() + 60 + size / SLOWEST

    async def next_piece() -> Message:
        left = min(SILENCE, until - time.monotonic())
        try:
            return await asyncio.wait_for(receive(), max(left, 0.0))
        except TimeoutError:
            return {"type": "http.disconnect"}

    return next_piece


async def _let_pass(receive: Receive, most: int) -> None:
    """Read what is refused, and keep none of it. A connection that is closed before looks like a
    broken server to a proxy, which then sends nobody there for a while."""
    while most > 0:
        message = await receive()
        if message["type"] != "http.request" or not message.get("more_body"):
            return
        most -= len(message.get("body", b""))


async def _answer(send: Send, no: Refused) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": no.status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{no.why}\n".encode()})
