"""The server: a thread with its own loop, a queue of replies, a history of requests."""

import asyncio
import contextlib
import json
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support.loopback.faults import Asked
from tests.support.loopback.reply import Reply, error, whole
from tests.support.loopback.scripts import MODELS, reply_of
from tests.support.loopback.wire import hang_up, read_request, until_left, write_reply


@dataclass
class Recorded:
    """A request as it came. body: parsed JSON or None.

    arrived: time.perf_counter() once all of it was there, before anything is parsed (on Linux
    the same clock for all processes). written: when each piece of the reply left, by that clock.
    size: bytes of the body. left: set when the client hung up before the reply was complete;
    answered: set when all of it was written.
    """

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    arrived: float
    connection: int
    size: int = 0
    written: list[float] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    answered: threading.Event = field(default_factory=threading.Event)

    def public(self, *, brief: bool = False) -> dict[str, object]:
        """As JSON for another process, without the key; brief: without the body as well."""
        headers = {k: v for k, v in self.headers.items() if k not in ("authorization", "api-key")}
        facts = {"left": self.left.is_set(), "answered": self.answered.is_set()}
        body = {} if brief else {"body": self.body}
        times = {"arrived": self.arrived, "written": self.written}
        return {"path": self.path, "headers": headers, **body, **times, "size": self.size, **facts}


class Loopback:
    """`with Loopback() as server:` serves on a port of 127.0.0.1 until the block ends.

    Replies come from the queue first, then from the script of the model asked for.
    """

    def __init__(self, port: int = 0) -> None:
        self._socket = socket.create_server(("127.0.0.1", port))
        # asyncio does this for its own sockets only; without it small packets wait for 40 ms
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._socket.getsockname()[1]
        self.history: list[Recorded] = []
        self._queue: deque[Reply] = deque()
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loopback", daemon=True)
        self._connections = 0
        self._handlers: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """What goes into OPENAI_BASE_URL."""
        return f"http://127.0.0.1:{self.port}/v1"

    def enqueue(self, *replies: Reply) -> None:
        """Answer the next requests for a completion like this, whatever they ask."""
        self._queue.extend(replies)

    def clear(self) -> None:
        """Forget what was enqueued and not asked for."""
        self._queue.clear()

    def asked(self, path: str = "/v1/chat/completions") -> list[Recorded]:
        """The requests to `path` so far."""
        return [each for each in self.history if each.path.partition("?")[0] == path]

    def __enter__(self) -> Self:
        self._thread.start()
        self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def join(self) -> None:
        """Wait until the server ends."""
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, sock=self._socket, limit=2**20)
        )
        self._started.set()
        self._loop.run_forever()
        server.close()
        for task in self._handlers:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*self._handlers, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        self._connections += 1
        number = self._connections
        gone = (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError)
        with contextlib.suppress(*gone):
            while (request := await read_request(reader)) is not None:
                recorded = self._record(*request, connection=number)
                if not await self._answer(recorded, reader, writer):
                    break
        await hang_up(writer)
        self._handlers.discard(task)

    def _record(
        self, method: str, path: str, headers: dict[str, str], body: bytes, connection: int
    ) -> Recorded:
        arrived = time.perf_counter()
        try:
            parsed = json.loads(body) if body else None
        except ValueError:
            parsed = None
        recorded = Recorded(method, path, headers, parsed, arrived, connection, len(body))
        if not path.startswith("/history"):
            self.history.append(recorded)
        return recorded

    async def _answer(
        self, recorded: Recorded, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        reply = await self._reply(recorded)
        saying = asyncio.ensure_future(write_reply(writer, reply, recorded.written))
        watching = asyncio.ensure_future(until_left(reader))
        try:
            await asyncio.wait((saying, watching), return_when=asyncio.FIRST_COMPLETED)
            if saying.done() and saying.exception() is None:
                recorded.answered.set()
                return saying.result()
            recorded.left.set()
            return False
        finally:
            watching.cancel()
            saying.cancel()
            await asyncio.gather(saying, watching, return_exceptions=True)

    async def _reply(self, recorded: Recorded) -> Reply:
        path, _, query = recorded.path.partition("?")
        if path == "/history":
            return whole([each.public(brief=query == "brief") for each in self.history])
        if path.endswith("/chat/completions") and recorded.method == "POST":
            if self._queue:
                return self._queue.popleft()
            if isinstance(recorded.body, dict):
                return await asyncio.to_thread(reply_of, self._asked(recorded))
            return error(400, message="We could not parse the JSON body of your request.")
        if path.endswith("/models") and recorded.method == "GET":
            if self._queue:
                return self._queue.popleft()
            listed = [{"id": name, "object": "model", "owned_by": "loopback"} for name in MODELS]
            return whole({"object": "list", "data": listed})
        return error(404, message=f"Unknown request URL: {recorded.method} {path}.")

    def _asked(self, recorded: Recorded) -> Asked:
        same = [
            each
            for each in self.history
            if isinstance(each.body, dict)
            and each.body.get("model") == recorded.body.get("model")
            and each is not recorded
        ]
        return Asked(recorded.body, recorded.headers, len(same))
