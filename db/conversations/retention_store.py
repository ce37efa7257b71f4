"""RetentionStore: taking away what is old, or everything. SqlStore is one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from db.conversations import retention
from db.engine.database import Database


class RetentionStore:
    """Removes for ever, some at a time, so that others' writes get their turn."""

    database: Database
    _clock: Callable[[], datetime]

    def retire(self, owner: str, older_than: timedelta) -> int:
        """Remove conversations without a star and comparisons that are that old. How many."""
        until, gone = self._clock() - older_than, 0
        while True:
            with self.database.write(owner) as connection:
                some = retention.retire(connection, owner, until)
            gone += some
            if not some:
                return gone

    def retire_all(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        with self.database.read() as connection:
            owners = retention.owners_with_old(connection, self._clock() - older_than)
        return sum(self.retire(owner, older_than) for owner in owners)

    def delete_everything(self, owner: str) -> int:
        """All of an owner's but the record of what requests cost. How many conversations."""
        gone = 0
        while True:
            with self.database.write(owner) as connection:
                some = retention.everything(connection, owner)
            gone += some
            if not some:
                return gone
