"""UsageStore: what spending asks of the log. SqlStore is one."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from components.spending.store import (
    Bill,
    Charge,
    Refusal,
    Rules,
    Scope,
    UsageRow,
    Used,
    refusal,
)
from db.conversations.turns import stored_hashes
from db.engine.database import Database
from db.schema.conversations import images
from db.schema.usage import usage_events
from db.usage import of_all, usage


class UsageStore:
    """components.spending.store.Ledger. Every query names its owner, but for limits for all."""

    database: Database
    _clock: Callable[[], datetime]

    def reserve(
        self, owner: str, reservation_id: str, charge: Charge, rules: Rules
    ) -> Refusal | None:
        """Look at the limits and write the reservation in one transaction; None: it is written.

        The transaction is immediate, so no other thread or process looks in between.
        """
        # Limits for everybody are looked at by one at a time.
        with self.database.write("" if rules.everybody else owner) as connection:
            now = self._clock()
            if usage.is_there(connection, owner, reservation_id):
                return None
            for scope, so_far in _used(connection, owner, rules, now).items():
                limits = rules.person if scope == "person" else rules.everybody
                refused = refusal(limits, so_far, charge, scope)
                if refused:
                    return refused
            usage.insert_reserved(connection, owner, reservation_id, charge, now)
            return None

    def settle(self, owner: str, reservation_id: str, bill: Bill) -> None:
        """What it came to. The first settle or release counts."""
        with self.database.write(owner) as connection:
            usage.settle(connection, owner, reservation_id, bill)

    def release(self, owner: str, reservation_id: str) -> None:
        """Nothing was sent."""
        with self.database.write(owner) as connection:
            usage.release(connection, owner, reservation_id)

    def keep_reserved(self, owner: str, reservation_ids: Collection[str]) -> None:
        """A sign of life of those that are reserved."""
        with self.database.write(owner) as connection:
            usage.keep(connection, owner, reservation_ids, self._clock())

    def used(self, owner: str, rules: Rules) -> dict[Scope, Used]:
        """What counts now, for each scope that has limits and as far as those ask."""
        with self.database.read() as connection:
            return _used(connection, owner, rules, self._clock())

    def unpriced(self, owner: str) -> int:
        """Requests of this month to the server's endpoints whose cost isn't known."""
        with self.database.read() as connection:
            return usage.unpriced(connection, owner, self._clock())

    def usage(self, owner: str, since: datetime) -> list[UsageRow]:
        """What the owner used since then, by day, model and endpoint."""
        with self.database.read() as connection:
            mine = [usage_events.c.owner == owner]
            return usage.rows(connection, self._clock(), since, mine)

    def usage_of_all(self, since: datetime) -> list[UsageRow]:
        """The same of everybody: for admins."""
        with self.database.read() as connection:
            return of_all.rows(connection, self._clock(), since)

    def stored(self, owner: str, hashes: Collection[str] = ()) -> tuple[int, set[str]]:
        """Bytes of the owner's images on disk, and which of `hashes` are among them."""
        size = select(func.sum(images.c.bytes)).where(images.c.owner == owner)
        with self.database.read() as connection:
            known = stored_hashes(connection, owner, list(hashes)) if hashes else set()
            return int(connection.scalar(size) or 0), known


def _used(connection: Connection, owner: str, rules: Rules, now: datetime) -> dict[Scope, Used]:
    found: dict[Scope, Used] = {}
    if rules.person:
        found["person"] = usage.used(connection, owner, rules.person, now)
    if rules.everybody:
        found["everybody"] = of_all.used(connection, rules.everybody, now)
    return found
