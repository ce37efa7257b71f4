"""SqlLog: the conversation log in a database, for all threads of a process."""

from datetime import UTC, datetime

from sqlalchemy import and_, select, update

from components.chat.log import AttemptResult, LoggedConversation, NewImage, NewTurn
from db import readers
from db.compare_log import CompareLog
from db.engine import Store, sqlite_path
from db.history_log import Clock, HistoryLog
from db.kept_log import KeptLog
from db.migrations import MIGRATIONS
from db.people_log import PeopleBook
from db.retention_log import RetentionLog
from db.rows import result_values
from db.schema import prepare_place, upgrade
from db.search_text import searchable
from db.share_log import ShareLog
from db.tables import attempts, image_texts, images
from db.turns import note_answer, write_turn
from db.usage_log import UsageLog


def utc_now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def open_log(url: str, *, clock: Clock = utc_now) -> "SqlLog":
    """The log at `url` (`sqlite:///path/of/the.db`), made or upgraded if need be.

    Open it once per process: the write lock is in it. clock: the present time, aware.
    Raises LogError (log_unwritable, log_not_ours, log_newer, log_damaged, log_busy, log_full),
    before anything was changed; ConfigError (config_database) for a URL that isn't SQLite's.
    """
    prepare_place(sqlite_path(url), known=1 + len(MIGRATIONS))
    store = Store(url)
    try:
        upgrade(store)
    except BaseException:
        store.close()
        raise
    return SqlLog(store, clock=clock)


class SqlLog(HistoryLog, KeptLog, CompareLog, ShareLog, UsageLog, RetentionLog, PeopleBook):
    """components.chat.log.Log and components.compare.log.CompareLog over SQLAlchemy.

    Every query names the owner of every table in it.

    Ids are unique per owner: a turn for a conversation id that is somebody else's makes an own
    conversation of that id, which tells nothing about the other's and touches nothing of it.
    """

    def __init__(self, store: Store, *, clock: Clock = utc_now) -> None:
        self.store = store
        self._clock = clock

    def close(self) -> None:
        """Give up all connections."""
        self.store.close()

    def begin_turn(self, owner: str, turn: NewTurn) -> None:
        """Write a question and its running answer; a repeat with the same ids does nothing.

        Raises ValueError when an image's bytes are neither in the turn nor in the log.
        """
        with self.store.write() as connection:
            write_turn(connection, owner, turn, self._clock())

    def progress(self, owner: str, attempt_id: str, text: str) -> None:
        """The answer so far, and a heartbeat. Without effect once ended or deleted."""
        mine = and_(attempts.c.owner == owner, attempts.c.id == attempt_id)
        with self.store.write() as connection:
            connection.execute(
                update(attempts)
                .where(mine, attempts.c.outcome == "running")
                .values(text=text, heartbeat_at=self._clock())
            )

    def finish(self, owner: str, attempt_id: str, result: AttemptResult) -> None:
        """How the attempt ended. The first call counts; without effect once deleted."""
        mine = and_(attempts.c.owner == owner, attempts.c.id == attempt_id)
        now = self._clock()
        ended = {**result_values(result), "heartbeat_at": now, "ended_at": now}
        words = searchable(result.text)  # before everybody else waits for us
        with self.store.write() as connection:
            written = connection.execute(
                update(attempts).where(mine, attempts.c.outcome == "running").values(ended)
            )
            if written.rowcount:
                note_answer(connection, owner, attempt_id, words, now)

    def conversation(self, owner: str, conversation_id: str) -> LoggedConversation | None:
        """The whole of a conversation, None when the owner has none of that id."""
        with self.store.read() as connection:
            return readers.conversation(connection, owner, conversation_id, self._clock())

    def image(self, owner: str, image_hash: str) -> NewImage | None:
        """An image's bytes, None when the owner has none of that hash."""
        c, t = images.c, image_texts.c
        query = select(c.hash, c.content, c.media_type, c.thumbnail).where(
            c.owner == owner, c.hash == image_hash
        )
        read = select(t.text).where(t.owner == owner, t.hash == image_hash)
        with self.store.read() as connection:
            row = connection.execute(query).first()
            text = connection.scalar(read) or ""
        return NewImage(row.hash, row.content, row.media_type, row.thumbnail, text) if row else None

    def thumbnail(self, owner: str, image_hash: str) -> bytes | None:
        """An image's thumbnail, without reading the image."""
        query = select(images.c.thumbnail).where(
            images.c.owner == owner, images.c.hash == image_hash
        )
        with self.store.read() as connection:
            return connection.scalar(query)
