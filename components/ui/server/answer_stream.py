"""`/tuwen/answers`: a growing answer as a stream of harmless HTML, beside the page's own script.

The script that draws a page takes its time, and writes through one queue; what a model says waits
for neither here. A tab joins when its person presses Enter, before the script has begun, or when it
shows an answer that grows already (after a reload, in a second tab). With the text that is asked it
is asked at once, too, ahead of the script. Where no stream comes through (a proxy that holds it
back, another process's answer) the script asks, and writes the text itself.
"""

import asyncio
import json
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from weakref import WeakValueDictionary

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from components import services
from components.access.errors import AccessError
from components.access.person import Person
from components.chat.running.job import Job
from components.errors import StoreError
from components.i18n import t
from components.markdown import GrowingAnswer
from components.text import mended
from components.ui.chat.ahead import Ahead
from components.ui.server.door.asker import asker
from components.ui.server.signing import from_our_page

PATH = "/tuwen/answers"
WAIT = 10.0  # seconds in which a question has to be sent after its stream was opened
SHARE = 0.004  # seconds between two pieces, for each stream that is open: many take larger ones
BEAT = 10.0  # seconds between two looks at whether its reader may still read
AT_MOST = 1000  # streams at once
SESSIONS = 5000  # of which the newest answer is known
_MOST = 300_000  # bytes of a request
_LONGEST_ID = 100
_INLINE = 4000  # characters that are read on the server's loop: about a millisecond
_SENDING: set[asyncio.Task[None]] = set()  # a loop keeps none of its own
_HEADERS = {
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",  # for nginx
}


@dataclass(frozen=True)
class Begun:
    """A session's newest question. count: how many it has sent by now."""

    count: int
    owner: str
    conversation_id: str
    attempt_id: str


class Streams:
    """Of this process: what sessions have asked, and which answers their tabs follow by a stream.
    Called from any thread."""

    def __init__(self) -> None:
        self._newest: OrderedDict[str, Begun] = OrderedDict()
        self._open: dict[Callable[[], None], str] = {}  # what wakes a stream, and its session
        self._followed: Counter[tuple[str, str]] = Counter()
        self._ready: WeakValueDictionary[str, Ahead] = WeakValueDictionary()
        self.closed = False

    def ready(self, session: str, ahead: Ahead) -> None:
        """What a session's Enter sends, as long as the session itself keeps it."""
        self._ready[session] = ahead

    def ask(
        self, session: str, after: int, person: Person, conversation_id: str | None, text: str
    ) -> None:
        """Enter was pressed in a session that had sent so many questions. A request that was held
        up until the script has asked finds that there is one more."""
        ahead = self._ready.get(session)
        if ahead and self.count(session) == after:
            ahead.ask(person, conversation_id, text)

    def begun(self, session: str, job: Job) -> None:
        """A session's question was sent."""
        count = self.count(session) + 1
        self._newest[session] = Begun(count, job.owner, job.conversation_id, job.attempt_id)
        self._newest.move_to_end(session)
        if len(self._newest) > SESSIONS:
            self._newest.popitem(last=False)
        self._wake(session)

    def newest(self, session: str) -> Begun | None:
        return self._newest.get(session)

    def count(self, session: str) -> int:
        """How many questions a session has sent."""
        found = self._newest.get(session)
        return found.count if found else 0

    def followed(self, session: str, attempt_id: str) -> bool:
        """Whether a stream of this answer leads to the session's tab."""
        return self._followed[session, attempt_id] > 0

    def joined(self, session: str) -> bool:
        """Whether a stream is open to the session's tab, of this answer or the next."""
        return session in self._open.values()

    def close(self) -> None:
        """The server ends, and waits for its responses."""
        self.closed = True
        self._wake(None)

    @property
    def number(self) -> int:
        """How many are open."""
        return len(self._open)

    @contextmanager
    def open(self, session: str, wake: Callable[[], None]) -> Iterator[None]:
        """wake: called when the session has asked, or the server ends."""
        self._open[wake] = session
        try:
            yield
        finally:
            del self._open[wake]

    @contextmanager
    def following(self, session: str, attempt_id: str) -> Iterator[None]:
        self._followed[session, attempt_id] += 1
        try:
            yield
        finally:
            self._followed[session, attempt_id] -= 1
            if not self._followed[session, attempt_id]:
                del self._followed[session, attempt_id]

    def _wake(self, session: str | None) -> None:
        for wake, of in list(self._open.items()):
            if session in (None, of):
                wake()


STREAMS = Streams()


class Pieces:
    """What a growing answer's reader hasn't got yet."""

    def __init__(self, lang: str) -> None:
        self._answer = GrowingAnswer((t(lang, "ui.code.copy"), t(lang, "ui.code.copied")))
        self._told: list[str] = []

    def unread(self, so_far: str) -> int:
        """Characters that `next` would read."""
        return len(so_far) - self._answer.read

    def next(self, so_far: str, *, whole: bool) -> dict[str, object] | None:
        """{"at": n, "blocks": [HTML]}: from the n-th block on these take the place of all there
        are. None where nothing is new. whole: nothing more will come."""
        # A last line that may become anything is what it is.
        blocks = [block.html for block in self._answer.blocks(so_far + "\n" * whole)]
        pairs = enumerate(zip_longest(self._told, blocks))
        at = next((n for n, (before, now) in pairs if before != now), None)
        self._told = blocks
        return None if at is None else {"at": at, "blocks": blocks[at:]}


async def answers(request: Request) -> Response:
    """POST with {"session": ID, "attempt": ID} for an answer that grows, or with {"session": ID,
    "after": COUNT} for the one that this session is about to ask for, after so many; with "text",
    and the id of the "conversation" that is shown, it is asked now (see ahead.py). Events of JSON:
    {} at once, {"attempt": ID}, `Pieces.next`, and {"done": true} at the end of the text.

    403 for whoever isn't let in and other sites' pages, 404 where no such answer of theirs grows.
    """
    if not from_our_page(request):
        return _no(403)
    try:
        person = await asyncio.to_thread(asker, request)
    except AccessError:
        return _no(403)
    except StoreError:
        return _no(503)
    asked = _asked(await _body(request))
    if asked is None:
        return _no(400)
    if STREAMS.number >= AT_MOST or STREAMS.closed:
        return _no(503)
    if asked.after is None and _job(person.owner, asked.attempt_id) is None:
        return _no(404)
    if asked.text and asked.after is not None:
        sending = asyncio.create_task(
            asyncio.to_thread(
                STREAMS.ask,
                asked.session,
                asked.after,
                person,
                asked.conversation_id,
                asked.text,
            )
        )
        _SENDING.add(sending)
        sending.add_done_callback(_SENDING.discard)
    stream = _Stream(request, person.owner, asked.session)
    return StreamingResponse(
        stream.events(asked.attempt_id, asked.after),
        media_type="text/event-stream",
        headers=_HEADERS,
    )


class _Stream:
    """One of them, on the server's loop."""

    def __init__(self, request: Request, owner: str, session: str) -> None:
        self._request, self._owner, self._session = request, owner, session
        self._loop, self._changed = asyncio.get_running_loop(), asyncio.Event()

    async def events(self, attempt_id: str, after: int | None) -> AsyncIterator[bytes]:
        yield _event({})
        with STREAMS.open(self._session, self._wake):
            if after is not None:
                attempt_id = await self._next(after)
            job = _job(self._owner, attempt_id)
            if job is None:
                return
            with STREAMS.following(self._session, job.attempt_id), job.listening(self._wake):
                yield _event({"attempt": job.attempt_id})
                async for each in self._pieces(job):
                    yield each

    async def _next(self, after: int) -> str:
        """The answer that the session asks for next; "" where it doesn't."""
        until = self._loop.time() + WAIT
        while not STREAMS.closed and (left := until - self._loop.time()) > 0:
            self._changed.clear()
            found = STREAMS.newest(self._session)
            if found and found.count > after:
                return found.attempt_id
            await self._woken(left)
        return ""

    async def _pieces(self, job: Job) -> AsyncIterator[bytes]:
        pieces, asked = Pieces(job.request.lang), self._loop.time()
        while not STREAMS.closed:
            self._changed.clear()
            whole, so_far = job.cell.over or job.done, job.text
            if pieces.unread(so_far) > _INLINE:
                new = await asyncio.to_thread(pieces.next, so_far, whole=whole)
            else:
                new = pieces.next(so_far, whole=whole)
            if new:
                yield _event(new)
                if not whole:
                    await asyncio.sleep(SHARE * STREAMS.number)
            if whole:
                yield _event({"done": True})
                await self._until_told(job)
                return
            await self._woken(BEAT)
            if self._loop.time() - asked > BEAT:
                asked = self._loop.time()
                if not await self._may_read():
                    return
                yield _event({})

    async def _until_told(self, job: Job) -> None:
        """Until the store has the answer as well, the script needs to draw none of it."""
        while not job.done and not STREAMS.closed:
            self._changed.clear()
            await self._woken(BEAT)

    async def _woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def _wake(self) -> None:
        with suppress(RuntimeError):  # a loop that has ended
            self._loop.call_soon_threadsafe(self._changed.set)

    async def _may_read(self) -> bool:
        """Access ends while something grows."""
        try:
            person = await asyncio.to_thread(asker, self._request)
        except (AccessError, StoreError):
            return False
        return person.owner == self._owner


def _job(owner: str, attempt_id: str) -> Job | None:
    """An answer of this process and owner that hasn't ended."""
    job = services.app().answers().attempt(owner, attempt_id) if attempt_id else None
    return job if job and not job.done else None


@dataclass(frozen=True)
class _Asked:
    """What a request says; see `answers`."""

    session: str
    attempt_id: str
    after: int | None
    text: str
    conversation_id: str | None


def _asked(body: bytes) -> _Asked | None:
    """None for what can't be read."""
    try:
        said = json.loads(body)
        texts = {name: said.get(name) for name in ("session", "attempt", "text", "conversation")}
        after = said.get("after")
    except (ValueError, AttributeError, RecursionError):
        return None
    if not texts["session"] or not all(isinstance(each or "", str) for each in texts.values()):
        return None
    if len(texts["session"]) > _LONGEST_ID:
        return None
    return _Asked(
        texts["session"],
        texts["attempt"] or "",
        after if type(after) is int else None,
        mended(texts["text"] or ""),
        texts["conversation"] or None,
    )


async def _body(request: Request) -> bytes:
    found = b""
    async for piece in request.stream():
        found += piece
        if len(found) > _MOST:
            return b""
    return found


def _event(said: dict[str, object]) -> bytes:
    return f"data: {json.dumps(said, ensure_ascii=False)}\n\n".encode("utf-8", "replace")


def _no(status: int) -> Response:
    return Response(status_code=status, headers={"cache-control": "no-store"})


ROUTES = [Route(PATH, answers, methods=["POST"])]
