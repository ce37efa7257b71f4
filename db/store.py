"""Store: a store in a database, for all threads of a process. It holds a repository a subject."""

from db.cases.cases import Cases
from db.cases.runs import CaseRuns
from db.comparisons.comparisons import Comparisons
from db.conversations.answers import Answers
from db.conversations.conversations import Conversations
from db.conversations.history import History
from db.conversations.retention import Retention
from db.conversations.scenarios import Scenarios
from db.conversations.votes import Votes
from db.engine.clock import SharedClock
from db.engine.database import Database
from db.engine.repository import Clock
from db.labels.labels import Labels
from db.people.people import People
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.sharing.shares import Shares
from db.usage.usage import Usage


def open_store(url: str, *, clock: Clock | None = None) -> "Store":
    """The store at `url` (see db.engine.database.dialect_of), made or upgraded if need be.

    Open it once per process: its locks are in it. clock: the present time, aware; by default
    the one that all processes of this store share.
    Raises StoreError (store_unwritable, store_not_ours, store_newer, store_damaged, store_busy,
    store_full, store_gone, store_refused), before anything was changed; ConfigError
    (config_database).
    """
    database = Database(url)
    try:
        database.dialect.prepare(known=1 + len(MIGRATIONS))
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return Store(database, clock=clock)


class Store:
    """database and clock may be replaced while it is in use."""

    def __init__(self, database: Database, *, clock: Clock | None = None) -> None:
        self.database = database
        self.clock = clock or SharedClock(database.dialect.now)
        self.clock()  # before anybody holds a connection
        self.conversations = Conversations(self)
        self.history = History(self)
        self.answers = Answers(self)
        self.retention = Retention(self)
        self.comparisons = Comparisons(self)
        self.case_runs = CaseRuns(self)
        self.shares = Shares(self)
        self.usage = Usage(self)
        self.people = People(self)
        self.scenarios = Scenarios(self)
        self.votes = Votes(self)
        self.labels = Labels(self)
        self.cases = Cases(self)

    def close(self) -> None:
        """Give up all connections."""
        self.database.close()
