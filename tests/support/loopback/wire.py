"""HTTP/1.1 by hand, so that it can be broken on purpose."""

import asyncio
import contextlib
import http
import socket
import struct
import time
from collections.abc import Sequence

from tests.support.loopback.reply import Act, Reply, Step, Wait

MAX_BODY = 200 * 2**20


async def read_request(
    reader: asyncio.StreamReader,
) -> tuple[str, str, dict[str, str], bytes] | None:
    """Method, path, headers (names in lower case) and body; None when the client left."""
    try:
        first_byte = await reader.readexactly(1)
        if not first_byte.isalpha():  # a TLS handshake
            return None
        head = first_byte + await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = min(int(headers.get("content-length", "0")), MAX_BODY)
    return method, path, headers, await reader.readexactly(length)


async def write_reply(
    writer: asyncio.StreamWriter, reply: Reply, written: list[float] | None = None
) -> bool:
    """Say all of it. True when the connection can take another request.

    written: gets the time.perf_counter() at which each bytes step of the body leaves.
    """
    chunked = reply.framing == "chunked"
    if not await _write_steps(writer, reply.before, chunked=False):
        return False
    if reply.framing != "raw":
        writer.write(_head(reply))
        await writer.drain()
    if not await _write_steps(writer, reply.steps, chunked, written):
        return False
    if chunked:
        writer.write(b"0\r\n\r\n")
        await writer.drain()
    return reply.framing in ("chunked", "length")


def _head(reply: Reply) -> bytes:
    try:
        phrase = http.HTTPStatus(reply.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{k}: {v}" for k, v in reply.headers.items())]
    if reply.framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif reply.framing == "length":
        length = sum(len(step) for step in reply.steps if isinstance(step, bytes))
        if "Content-Length" not in reply.headers:
            lines.append(f"Content-Length: {length}")
    else:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _write_steps(
    writer: asyncio.StreamWriter,
    steps: Sequence[Step],
    chunked: bool,
    written: list[float] | None = None,
) -> bool:
    for step in steps:
        if isinstance(step, Wait):
            await asyncio.sleep(step.seconds)
        elif isinstance(step, Act):
            return await _act(writer, step)
        elif step:
            if written is not None:
                written.append(time.perf_counter())
            writer.write(b"%x\r\n%s\r\n" % (len(step), step) if chunked else step)
            await writer.drain()
    return True


async def _act(writer: asyncio.StreamWriter, act: Act) -> bool:
    if act.what == "stall":
        await asyncio.Event().wait()
    elif act.what == "reset":
        raw: socket.socket = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    return False


async def until_left(reader: asyncio.StreamReader) -> None:
    """Return when the client has closed or lost the connection. Reads nothing away."""
    while not (reader.at_eof() or reader.exception()):
        await asyncio.sleep(0.01)


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """Close, whatever state the connection is in."""
    writer.close()
    with contextlib.suppress(ConnectionError, OSError):
        await writer.wait_closed()
