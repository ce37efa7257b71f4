"""A lean endpoint for many streams at once: `python -m tests.bench.support.token_server`.

It prints its address. Every POST is answered with COUNT tokens ("n1 n2 ..."), --rate a second,
whatever it asks; the first comes after one pause. Each token has its own moment on the clock, so a
late one delays no other. GET tells how late the latest token was, and the CPU used so far. The
loopback server of the tests does far more for each request; here a token is one timer, one write.
"""

import argparse
import asyncio
import json
import time

from tests.support.loopback.reply import DONE, chunk, event, usage_chunk

COUNT, RATE = 200, 20
MODEL = "tokens"
PIECES = tuple(f"n{n} " for n in range(1, COUNT + 1))
WHOLE = "".join(PIECES).strip()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def _framed(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


TOKENS = [_framed(event(chunk(piece, model=MODEL))) for piece in PIECES]
END = b"".join(
    _framed(each)
    for each in (
        event(chunk(finish="stop", model=MODEL)),
        event(usage_chunk(11, COUNT, model=MODEL)),
        DONE,
    )
)
END += b"0\r\n\r\n"


class Noted:
    """The rate, and how late tokens left, in seconds."""

    rate = float(RATE)
    worst = 0.0


class Stream(asyncio.Protocol):
    """One connection, one request at a time."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.read = transport, bytearray()
        self.loop = asyncio.get_running_loop()

    def data_received(self, data: bytes) -> None:
        self.read += data
        head, found, body = self.read.partition(b"\r\n\r\n")
        if not found:
            return
        if head.startswith(b"GET"):
            self.read.clear()
            self._tell()
            return
        fields = (line.partition(b":") for line in bytes(head).lower().split(b"\r\n")[1:])
        length = next(int(value) for name, _, value in fields if name == b"content-length")
        if len(body) < length:
            return
        del self.read[: len(head) + 4 + length]
        self.transport.write(HEAD)
        self.began = self.loop.time()
        self._later(0)

    def _later(self, n: int) -> None:
        self.loop.call_at(self.began + (n + 1) / Noted.rate, self._say, n)

    def _say(self, n: int) -> None:
        if self.transport.is_closing():
            return
        Noted.worst = max(Noted.worst, self.loop.time() - self.began - (n + 1) / Noted.rate)
        last = n + 1 == COUNT
        self.transport.write(TOKENS[n] + END if last else TOKENS[n])
        if not last:
            self._later(n + 1)

    def _tell(self) -> None:
        told = json.dumps({"late": Noted.worst, "cpu": time.process_time()}).encode()
        Noted.worst = 0.0
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(told) + told)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Stream, "127.0.0.1", port, backlog=1024)
    print(f"OPENAI_BASE_URL=http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--rate", type=float, default=Noted.rate)
    given = parser.parse_args()
    Noted.rate = given.rate
    asyncio.run(serve(given.port))
