"""What goes by itself after some time, and what goes when a person takes everything away."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from db.comparisons import writers
from db.conversations import removal
from db.schema.comparisons import comparisons as compared
from db.schema.conversations import conversations, draft_images, images, scenarios, votes
from db.schema.sharing import shares

c, p = conversations.c, compared.c
# What a person has beside conversations and comparisons. Requests stay in usage_events, without
# a word of what was asked: or deleting everything would empty the limits of the day.
_ALONE = (shares, scenarios, votes, draft_images, images)


def retire(connection: Connection, owner: str, until: datetime) -> int:
    """Remove up to 100 conversations without a star that changed last before `until`, or, when
    there are none, comparisons begun before it. How many; 0 when there are no more."""
    old = select(c.id).where(c.owner == owner, c.starred.is_(False), c.updated_at < until)
    ids = list(connection.scalars(old.limit(removal.AT_ONCE)))
    if ids:
        return removal.remove(connection, owner, ids)
    past = select(p.id).where(p.owner == owner, p.created_at < until).limit(removal.AT_ONCE)
    return sum(writers.remove(connection, owner, each) for each in connection.scalars(past).all())


def owners_with_old(connection: Connection, until: datetime) -> list[str]:
    """Whose are due. The one query here that is about everybody."""
    talks = select(c.owner).where(c.starred.is_(False), c.updated_at < until)
    runs = select(p.owner).where(p.created_at < until)
    return sorted(connection.scalars(talks.union(runs)))


def everything(connection: Connection, owner: str) -> int:
    """Remove up to 100 conversations or, when there are none, all that is left. How many."""
    ids = list(connection.scalars(select(c.id).where(c.owner == owner).limit(removal.AT_ONCE)))
    if ids:
        return removal.remove(connection, owner, ids)
    connection.execute(delete(compared).where(p.owner == owner))
    for table in _ALONE:
        connection.execute(delete(table).where(table.c.owner == owner))
    return 0
