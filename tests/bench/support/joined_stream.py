"""The stream that a browser opens when its person presses Enter, without a browser; as Visit, what
comes is only kept."""

import asyncio
import json
import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

PATH = "/tuwen/answers"


class JoinedStream(asyncio.Protocol):
    """received: (time.perf_counter, bytes as they came) in order."""

    def __init__(self) -> None:
        self.received: list[tuple[float, bytes]] = []

    @classmethod
    async def begin(cls, url: str, body: dict[str, object]) -> "JoinedStream":
        """Ask. Raises OSError."""
        at = urlsplit(url)
        transport, stream = await asyncio.get_running_loop().create_connection(
            cls, at.hostname or "", at.port or 80
        )
        sent = json.dumps(body).encode()
        head = f"POST {PATH} HTTP/1.1\r\nhost: {at.netloc}\r\norigin: {at.scheme}://{at.netloc}\r\n"
        transport.write(f"{head}content-length: {len(sent)}\r\n\r\n".encode() + sent)
        stream._transport = transport
        return stream

    def data_received(self, data: bytes) -> None:
        self.received.append((time.perf_counter(), data))

    def leave(self) -> None:
        self._transport.close()

    def grown(self) -> Iterator[tuple[float, str]]:
        """What stood in the answer's place, without its tags, from when on."""
        blocks: list[str] = []
        rest = b""
        for at, data in self.received:
            *events, rest = (rest + data).split(b"\n\n")
            for event in events:
                said = json.loads(event.rpartition(b"\ndata: ")[2])
                if "at" in said:
                    blocks[said["at"] :] = said["blocks"]
            yield at, re.sub(r"<[^>]*>", "", "".join(blocks)).strip()
