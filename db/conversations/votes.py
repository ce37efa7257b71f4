"""Whether answers of the FAQ helped: one vote per owner and answer."""

from sqlalchemy import Connection, delete, insert, select

from components.chat.store import Vote
from db.schema.conversations import votes

c = votes.c


def put(connection: Connection, owner: str, vote: Vote) -> None:
    """Keep `vote` in the place of what the owner said of this answer before."""
    connection.execute(delete(votes).where(c.owner == owner, c.slug == vote.slug))
    connection.execute(
        insert(votes).values(
            owner=owner, slug=vote.slug, lang=vote.lang, helpful=vote.helpful, at=vote.at
        )
    )


def all_of(connection: Connection, owner: str) -> list[Vote]:
    """The owner's own votes, by answer."""
    query = select(c.slug, c.lang, c.helpful, c.at).where(c.owner == owner).order_by(c.slug)
    return [Vote(*row) for row in connection.execute(query)]


def own(connection: Connection, owner: str, slug: str) -> Vote | None:
    """The owner's own vote."""
    query = select(c.slug, c.lang, c.helpful, c.at).where(c.owner == owner, c.slug == slug)
    row = connection.execute(query).first()
    return Vote(*row) if row else None
