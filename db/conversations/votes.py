"""Whether answers of the FAQ helped: one vote per owner and answer."""

from sqlalchemy import Connection, delete, insert, select

from components.chat.store import Vote
from db.engine.repository import Repository, for_owner
from db.schema.conversations import votes

c = votes.c
_COLUMNS = (c.slug, c.lang, c.helpful, c.at)


class Votes(Repository):
    """The owner's own. slug: of the answer; lang: in which it was read."""

    @for_owner("write")
    def cast(self, connection: Connection, owner: str, slug: str, lang: str, helpful: bool) -> None:
        """Say whether an answer helped, instead of what was said before."""
        connection.execute(delete(votes).where(c.owner == owner, c.slug == slug))
        said = {"owner": owner, "slug": slug, "lang": lang, "helpful": helpful, "at": self.now()}
        connection.execute(insert(votes).values(said))

    @for_owner("read")
    def find(self, connection: Connection, owner: str, slug: str) -> Vote | None:
        """The vote on one answer."""
        query = select(*_COLUMNS).where(c.owner == owner, c.slug == slug)
        row = connection.execute(query).first()
        return Vote(*row) if row else None

    @for_owner("read")
    def all(self, connection: Connection, owner: str) -> list[Vote]:
        """By answer."""
        query = select(*_COLUMNS).where(c.owner == owner).order_by(c.slug)
        return [Vote(*row) for row in connection.execute(query)]
