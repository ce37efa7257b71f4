"""Links to one thing, and which conversations the team may read."""

from collections.abc import Collection

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from components.chat.store import SavedScenario, StoredConversation
from components.sharing.store import Kind, Share, TeamRow, Thing
from db.cases import run_readers as runs
from db.comparisons import readers as comparisons
from db.conversations import readers as conversations
from db.engine.repository import Repository, across_owners, for_owner
from db.schema.conversations import conversations as talks
from db.schema.conversations import scenarios
from db.schema.sharing import shares, team_visible

c, k, v = shares.c, talks.c, team_visible.c
_COLUMNS = (
    c.id,
    c.owner,
    c.kind,
    c.target_id,
    c.created_at,
    c.ends_at,
    c.with_costs,
    c.with_names,
    c.person,
    c.revoked_at,
)


class Shares(Repository):
    """components.sharing.store.ShareStore, and what pages ask."""

    @for_owner("write")
    def add(self, connection: Connection, owner: str, share: Share, token_hash: str) -> None:
        """Keep a share; the owner's closed ones of the same thing go. token_hash: SHA-256 of the
        link's token in hex."""
        over = or_(c.ends_at <= self.now(), c.revoked_at.is_not(None))
        same = [c.owner == owner, c.kind == share.kind, c.target_id == share.target_id]
        connection.execute(delete(shares).where(*same, over))
        values = {column.name: getattr(share, column.name) for column in _COLUMNS}
        connection.execute(insert(shares).values(values | {"owner": owner, "hash": token_hash}))

    @for_owner("read")
    def open_ones(
        self, connection: Connection, owner: str, kind: Kind, target_id: str
    ) -> list[Share]:
        """The owner's of one thing that lead somewhere, newest first."""
        query = select(*_COLUMNS).where(c.owner == owner, c.kind == kind, c.target_id == target_id)
        now = self.now()
        rows = connection.execute(query.order_by(c.created_at.desc(), c.id))
        return [share for row in rows if (share := Share(**row._mapping)).open_at(now)]

    @for_owner("read")
    def all(self, connection: Connection, owner: str) -> list[Share]:
        """The owner's, of everything, closed ones too, oldest first. No link can be made of them:
        their tokens aren't kept."""
        query = select(*_COLUMNS).where(c.owner == owner).order_by(c.created_at, c.id)
        return [Share(**row._mapping) for row in connection.execute(query)]

    @for_owner("write")
    def revoke(self, connection: Connection, owner: str, share_id: str) -> bool:
        """Close one at once. False when there is no open one of that id."""
        mine = update(shares).where(c.owner == owner, c.id == share_id, c.revoked_at.is_(None))
        return connection.execute(mine.values(revoked_at=self.now())).rowcount > 0

    # Begins without an owner, and names one: everything after it is asked with that name.
    @across_owners("read", shares)
    def by_token(self, connection: Connection, token_hash: str) -> Share | None:
        """The open share with this hash of a token."""
        row = connection.execute(select(*_COLUMNS).where(c.hash == token_hash)).first()
        share = Share(**row._mapping) if row else None
        return share if share and share.open_at(self.now()) else None

    @for_owner("read")
    def target(
        self, connection: Connection, owner: str, kind: Kind, target_id: str
    ) -> Thing | None:
        """What a share of the owner's leads to; None where that is gone."""
        if kind == "conversation":
            return conversations.conversation(connection, owner, target_id, self.now())
        if kind == "comparison":
            return comparisons.comparison(connection, owner, target_id, self.now())
        if kind == "run":
            return runs.case_run(connection, owner, target_id, self.now())
        s = scenarios.c
        query = select(s.id, s.name, s.params, s.created_at, s.updated_at)
        row = connection.execute(query.where(s.owner == owner, s.id == target_id)).first()
        return SavedScenario(*row) if row else None

    @for_owner("write")
    def let_team_read(
        self, connection: Connection, owner: str, conversation_id: str, name: str
    ) -> bool:
        """Let everybody who signs in read a conversation, under `name`, the owner's as the others
        see it. False without one."""
        mine = [k.owner == owner, k.id == conversation_id, k.deleted_at.is_(None)]
        if connection.scalar(select(k.id).where(*mine)) is None:
            return False
        _keep_from_team(connection, owner, conversation_id)
        shown = {"owner": owner, "conversation_id": conversation_id, "name": name}
        connection.execute(insert(team_visible).values(shown | {"since": self.now()}))
        return True

    @for_owner("write")
    def keep_from_team(self, connection: Connection, owner: str, conversation_id: str) -> bool:
        """Undo that. False when the team couldn't read it."""
        return _keep_from_team(connection, owner, conversation_id)

    @for_owner("read")
    def team_reads(self, connection: Connection, owner: str, conversation_id: str) -> bool:
        """Whether the team may read this conversation of the owner's."""
        return _team_reads(connection, owner, conversation_id)

    @for_owner("read")
    def team_conversation(
        self, connection: Connection, owner: str, conversation_id: str
    ) -> StoredConversation | None:
        """A conversation of the owner's, None unless the team may read it."""
        if not _team_reads(connection, owner, conversation_id):
            return None
        return conversations.conversation(connection, owner, conversation_id, self.now())

    # Titles alone; a conversation itself is read with its owner's name, as every other is.
    @across_owners("read", talks, team_visible)
    def team(self, connection: Connection, reader: str, limit: int = 100) -> list[TeamRow]:
        """What people other than `reader` let everybody read who signs in, newest change first."""
        query = (
            select(k.owner, k.id, v.name, k.title, k.updated_at)
            .join(talks, and_(k.owner == v.owner, k.id == v.conversation_id))
            .where(v.owner != reader, k.deleted_at.is_(None))
            .order_by(k.updated_at.desc(), k.id)
            .limit(limit)
        )
        return [TeamRow(*row) for row in connection.execute(query)]


def forget_shares(
    connection: Connection, owner: str, kind: Kind, target_ids: Collection[str]
) -> None:
    """What they led to is gone for ever: another thing of the same id isn't meant by them."""
    mine = [c.owner == owner, c.kind == kind, c.target_id.in_(target_ids)]
    connection.execute(delete(shares).where(*mine))


def _keep_from_team(connection: Connection, owner: str, conversation_id: str) -> bool:
    mine = delete(team_visible).where(v.owner == owner, v.conversation_id == conversation_id)
    return connection.execute(mine).rowcount > 0


def _team_reads(connection: Connection, owner: str, conversation_id: str) -> bool:
    mine = select(v.since).where(v.owner == owner, v.conversation_id == conversation_id)
    return connection.scalar(mine) is not None
