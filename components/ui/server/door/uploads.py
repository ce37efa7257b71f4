"""Files that are sent: by whom, under which ids, and how many bytes there may be of them.

Streamlit itself takes any number, from anybody with a websocket, under ids of their own.
"""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from starlette.requests import HTTPConnection

from components.access.errors import AccessError
from components.spending.uploads import most_all, most_session
from components.ui.server.door.asker import asker, person_of
from components.ui.streamlit_seam import sessions, uploaded_files

IDS = 1000  # that one session may have at once; the oldest goes
FRAME = 64 * 1024  # bytes of the form around a file


class Refused(Exception):
    """status: of the answer; why: a word or two for whoever looks into the network."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class Uploads:
    """What has been promised to sessions and what is on its way. One per process."""

    def __init__(self, session: int | None = None, everybody: int | None = None) -> None:
        """session, everybody: bytes; None: what is set."""
        self._session, self._all = session or most_session(), everybody or most_all()
        self._ids: defaultdict[str, OrderedDict[str, None]] = defaultdict(OrderedDict)
        self._coming: defaultdict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def watch(self) -> None:
        """Keep the ids that Streamlit gives, as long as their session."""
        uploaded_files.watch(self.give, self.forget, IDS)

    def forget(self, session_id: str) -> None:
        with self._lock:
            self._ids.pop(session_id, None)

    def give(self, session_id: str, ids: Sequence[str]) -> None:
        with self._lock:
            known = self._ids[session_id]
            known.update(dict.fromkeys(ids))
            while len(known) > IDS:
                known.popitem(last=False)

    def gave(self, session_id: str, file_id: str) -> bool:
        with self._lock:
            return file_id in self._ids.get(session_id, ())

    @contextmanager
    def room(self, session_id: str, size: int, held: int, held_all: int) -> Iterator[None]:
        """Keeps room for `size` bytes that are on their way. held, held_all: what this session
        and all of them hold by now. Raises Refused where they don't fit."""
        with self._lock:
            coming = sum(self._coming.values())
            if held + self._coming[session_id] + size > self._session:
                raise Refused(413, "this session holds too much")
            if held_all + coming + size > self._all:
                raise Refused(413, "all sessions hold too much")
            self._coming[session_id] += size
        try:
            yield
        finally:
            with self._lock:
                self._coming[session_id] -= size
                if not self._coming[session_id]:
                    del self._coming[session_id]


UPLOADS = Uploads()


def check(connection: HTTPConnection, session_id: str, file_id: str) -> None:
    """Whether this file may come, or go. May ask the database.

    Raises Refused: whoever isn't let in, only reads, or isn't the one whose page asked for it.
    """
    try:
        person = asker(connection)
        person.must_ask()
        cookies = sessions.cookies_of(session_id)
        if cookies is None or not UPLOADS.gave(session_id, file_id):
            raise Refused(403, "not asked for")
        # A page that was opened before its person signed in has no cookie yet.
        if person.owner.startswith("oidc-") and (
            not cookies or person_of(cookies).owner != person.owner
        ):
            raise Refused(403, "not asked for")
    except AccessError as error:
        raise Refused(403, error.code) from error


def length(connection: HTTPConnection, most: int) -> int:
    """Bytes of the body, as it says itself. Raises Refused; a browser always says it."""
    said = connection.headers.get("content-length", "")
    if not (said.isascii() and said.isdecimal()) or len(said) > 15:
        raise Refused(411, "length required")
    if int(said) > most + FRAME:
        raise Refused(413, "file too large")
    return int(said)
