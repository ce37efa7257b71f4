"""SqlStore: the conversation store in a database, for all threads of a process."""

from collections.abc import Sequence

from sqlalchemy import and_, select, update

from components.chat.store import AnswerPicture, AttemptResult, NewImage, StoredConversation
from db.comparisons.store import CompareStore
from db.conversations import readers
from db.conversations.draft_store import DraftStore
from db.conversations.history_store import Clock, HistoryStore
from db.conversations.retention_store import RetentionStore
from db.conversations.rows import result_values
from db.conversations.running_store import RunningStore
from db.conversations.scenario_store import ScenarioStore
from db.conversations.turns import keep_pictures, note_answer
from db.engine.clock import SharedClock
from db.engine.database import Database
from db.people.password_store import PasswordTries
from db.people.store import PeopleBook
from db.schema.conversations import attempts, image_texts, images
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.search.text import searchable
from db.sharing.store import ShareStore
from db.usage.store import UsageStore


def open_store(url: str, *, clock: Clock | None = None) -> "SqlStore":
    """The store at `url` (see db.engine.database.dialect_of), made or upgraded if need be.

    Open it once per process: its locks are in it. clock: the present time, aware; by default
    the one that all processes of this store share.
    Raises StoreError (log_unwritable, log_not_ours, log_newer, log_damaged, log_busy, log_full,
    log_gone, log_refused), before anything was changed; ConfigError (config_database).
    """
    database = Database(url)
    try:
        database.dialect.prepare(known=1 + len(MIGRATIONS))
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database, clock=clock)


class SqlStore(
    RunningStore,
    HistoryStore,
    ScenarioStore,
    DraftStore,
    CompareStore,
    ShareStore,
    UsageStore,
    RetentionStore,
    PeopleBook,
    PasswordTries,
):
    """components.chat.store.Store and components.compare.store.CompareStore over SQLAlchemy.

    Every query names the owner of every table in it.

    Ids are unique per owner: a turn for a conversation id that is somebody else's makes an own
    conversation of that id, which tells nothing about the other's and touches nothing of it.
    """

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self.database = database
        self._clock = clock or SharedClock(database.dialect.now)
        self._clock()  # before anybody holds a connection

    def close(self) -> None:
        """Give up all connections."""
        self.database.close()

    def finish(
        self,
        owner: str,
        attempt_id: str,
        result: AttemptResult,
        pictures: Sequence[AnswerPicture] = (),
    ) -> None:
        """How the attempt ended. The first call counts; without effect once deleted."""
        mine = and_(attempts.c.owner == owner, attempts.c.id == attempt_id)
        now = self._clock()
        ended = {**result_values(result), "heartbeat_at": now, "ended_at": now}
        words = searchable(result.text)  # before everybody else waits for us
        with self.database.write(owner) as connection:
            written = connection.execute(
                update(attempts).where(mine, attempts.c.outcome == "running").values(ended)
            )
            if written.rowcount:
                note_answer(connection, owner, attempt_id, words, now)
                keep_pictures(connection, owner, attempt_id, pictures)

    def conversation(self, owner: str, conversation_id: str) -> StoredConversation | None:
        """The whole of a conversation, None when the owner has none of that id."""
        with self.database.read() as connection:
            return readers.conversation(connection, owner, conversation_id, self._clock())

    def image(self, owner: str, image_hash: str) -> NewImage | None:
        """An image's bytes, None when the owner has none of that hash."""
        c, t = images.c, image_texts.c
        query = select(c.hash, c.content, c.media_type, c.thumbnail).where(
            c.owner == owner, c.hash == image_hash
        )
        read = select(t.text).where(t.owner == owner, t.hash == image_hash)
        with self.database.read() as connection:
            row = connection.execute(query).first()
            text = connection.scalar(read) or ""
        return NewImage(row.hash, row.content, row.media_type, row.thumbnail, text) if row else None

    def thumbnail(self, owner: str, image_hash: str) -> bytes | None:
        """An image's thumbnail, without reading the image."""
        query = select(images.c.thumbnail).where(
            images.c.owner == owner, images.c.hash == image_hash
        )
        with self.database.read() as connection:
            return connection.scalar(query)
