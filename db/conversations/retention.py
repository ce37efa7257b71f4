"""What goes for ever: what was deleted long ago, what is old, and what a person takes away.

Some at a time, so that others' writes get their turn.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from db.cases.cases import remove_sets
from db.cases.runs import remove_run
from db.comparisons.comparisons import remove_comparison
from db.conversations.images import let_go
from db.engine.repository import Repository, across_owners, for_owner
from db.schema.case_runs import case_runs, case_snapshots
from db.schema.cases import case_sets
from db.schema.comparisons import comparisons
from db.schema.conversations import (
    conversations,
    draft_images,
    images,
    message_images,
    scenarios,
    votes,
)
from db.schema.sharing import shares
from db.search.index import forget
from db.sharing.shares import forget_shares

c, d, i, p, s = conversations.c, draft_images.c, message_images.c, comparisons.c, case_sets.c
r = case_runs.c
AT_ONCE = 100  # conversations or comparisons of one transaction
# What a person has beside conversations and comparisons. Requests stay in usage_events, without
# a word of what was asked: or deleting everything would empty the limits of the day.
_ALONE = (
    shares,
    scenarios,
    votes,
    draft_images,
    case_sets,
    case_runs,
    case_snapshots,
    images,
)


class Retention(Repository):
    """Each method says how many were removed. older_than: at least that old."""

    def purge(self, owner: str, older_than: timedelta = timedelta(0)) -> int:
        """Conversations and sets that were deleted, with the images that nothing else shows."""
        until = self.now() - older_than
        return _all(lambda: self._purge(owner, until))

    def purge_all(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        owners = self._owners_with_deleted(self.now() - older_than)
        return sum(self.purge(owner, older_than) for owner in owners)

    def retire(self, owner: str, older_than: timedelta) -> int:
        """Conversations without a star, by their last change, comparisons and runs of cases. Sets
        of cases stay: somebody has chosen what is in them."""
        until = self.now() - older_than
        return _all(lambda: self._retire(owner, until))

    def retire_all(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        owners = self._owners_with_old(self.now() - older_than)
        return sum(self.retire(owner, older_than) for owner in owners)

    def purge_drafts(self, owner: str, older_than: timedelta) -> int:
        """Images of drafts that haven't changed for so long."""
        return self._purge_drafts(owner, self.now() - older_than)

    def purge_all_drafts(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        owners = self._owners_with_drafts(self.now() - older_than)
        return sum(self.purge_drafts(owner, older_than) for owner in owners)

    def delete_everything(self, owner: str) -> int:
        """All of an owner's but the record of what requests cost. Counts conversations."""
        return _all(lambda: self._delete_some(owner))

    @for_owner("write")
    def _purge(self, connection: Connection, owner: str, until: datetime) -> int:
        """Conversations or, when there are none, sets."""
        query = select(c.id).where(c.owner == owner, c.deleted_at <= until).limit(AT_ONCE)
        if removed := _remove(connection, owner, connection.scalars(query).all()):
            return removed
        gone = select(s.id).where(s.owner == owner, s.deleted_at <= until).limit(AT_ONCE)
        ids = connection.scalars(gone).all()
        return remove_sets(connection, owner, ids) if ids else 0

    @for_owner("write")
    def _retire(self, connection: Connection, owner: str, until: datetime) -> int:
        """Conversations or, when there are none, comparisons, or else runs."""
        old = select(c.id).where(c.owner == owner, c.starred.is_(False), c.updated_at < until)
        if removed := _remove(connection, owner, connection.scalars(old.limit(AT_ONCE)).all()):
            return removed
        past = select(p.id).where(p.owner == owner, p.created_at < until).limit(AT_ONCE)
        if ids := connection.scalars(past).all():
            return sum(remove_comparison(connection, owner, each) for each in ids)
        asked = select(r.id).where(r.owner == owner, r.created_at < until).limit(AT_ONCE)
        ids = connection.scalars(asked).all()
        return sum(remove_run(connection, owner, each) for each in ids)

    @for_owner("write")
    def _purge_drafts(self, connection: Connection, owner: str, until: datetime) -> int:
        mine = [d.owner == owner, d.at <= until]
        gone = list(connection.scalars(select(d.hash).where(*mine)))
        if gone:
            connection.execute(delete(draft_images).where(*mine))
        let_go(connection, owner, gone)
        return len(gone)

    @for_owner("write")
    def _delete_some(self, connection: Connection, owner: str) -> int:
        """Conversations or, when there are none, all that is left."""
        ids = connection.scalars(select(c.id).where(c.owner == owner).limit(AT_ONCE)).all()
        if removed := _remove(connection, owner, ids):
            return removed
        connection.execute(delete(comparisons).where(p.owner == owner))
        for table in _ALONE:
            connection.execute(delete(table).where(table.c.owner == owner))
        return 0

    @across_owners("read", conversations, case_sets)
    def _owners_with_deleted(self, connection: Connection, until: datetime) -> list[str]:
        talks = select(c.owner).where(c.deleted_at <= until)
        sets = select(s.owner).where(s.deleted_at <= until)
        return sorted(connection.scalars(talks.union(sets)))

    @across_owners("read", conversations, comparisons, case_runs)
    def _owners_with_old(self, connection: Connection, until: datetime) -> list[str]:
        talks = select(c.owner).where(c.starred.is_(False), c.updated_at < until)
        compared = select(p.owner).where(p.created_at < until)
        asked = select(r.owner).where(r.created_at < until)
        return sorted(connection.scalars(talks.union(compared, asked)))

    @across_owners("read", draft_images)
    def _owners_with_drafts(self, connection: Connection, until: datetime) -> list[str]:
        return list(connection.scalars(select(d.owner).where(d.at <= until).distinct()))


def _all(remove: Callable[[], int]) -> int:
    gone = 0
    while some := remove():
        gone += some
    return gone


def _remove(connection: Connection, owner: str, ids: Sequence[str]) -> int:
    """Remove conversations, with the images that nothing else of the owner's shows."""
    if not ids:
        return 0
    # Not "hash IS NOT NULL": SQLite may then prefer the index by hash, and read all of the owner's.
    of_them = select(i.hash).where(i.owner == owner, i.conversation_id.in_(ids))
    shown = connection.scalars(of_them).all()
    forget(connection, owner, ids)
    forget_shares(connection, owner, "conversation", ids)
    connection.execute(delete(conversations).where(c.owner == owner, c.id.in_(ids)))
    let_go(connection, owner, shown)
    return len(ids)
