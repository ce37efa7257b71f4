"""Images of drafts."""

import dataclasses
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from components.chat.store import DraftedImage
from db.conversations import readers
from db.schema.conversations import draft_images, images

d = draft_images.c
_FIELDS = tuple(field.name for field in dataclasses.fields(DraftedImage))


def put(
    connection: Connection,
    owner: str,
    draft_id: str,
    drafted: Sequence[DraftedImage],
    now: datetime,
) -> None:
    """Its images in place of those it had. Their bytes are there already."""
    before = _take(connection, owner, d.draft_id == draft_id)
    of_draft = {"owner": owner, "draft_id": draft_id, "at": now}
    rows = [of_draft | {"position": n} | dataclasses.asdict(i) for n, i in enumerate(drafted)]
    if rows:
        connection.execute(insert(draft_images), rows)
    _let_go(connection, owner, before)


def of(connection: Connection, owner: str, draft_id: str | None = None) -> list[DraftedImage]:
    """In order. draft_id: None for those of all drafts."""
    query = select(draft_images).where(d.owner == owner).order_by(d.draft_id, d.position)
    if draft_id is not None:
        query = query.where(d.draft_id == draft_id)
    return [
        DraftedImage(**{name: getattr(row, name) for name in _FIELDS})
        for row in connection.execute(query)
    ]


def purge(connection: Connection, owner: str, until: datetime) -> int:
    """Remove those that changed last at `until` or before. How many."""
    gone = _take(connection, owner, d.at <= until)
    _let_go(connection, owner, gone)
    return len(gone)


def owners_with_old(connection: Connection, until: datetime) -> list[str]:
    """Whose are due. The one query here that is about everybody."""
    return list(connection.scalars(select(d.owner).where(d.at <= until).distinct()))


def _take(connection: Connection, owner: str, which: ColumnElement[bool]) -> list[str | None]:
    """The hashes of those that are away now."""
    mine = [d.owner == owner, which]
    found = list(connection.scalars(select(d.hash).where(*mine)))
    if found:
        connection.execute(delete(draft_images).where(*mine))
    return found


def _let_go(connection: Connection, owner: str, hashes: Collection[str | None]) -> None:
    """The bytes that nothing of the owner's shows any more."""
    used = {each for each in hashes if each is not None}
    orphans = used - readers.in_use(connection, owner, used) if used else ()
    if orphans:
        connection.execute(
            delete(images).where(images.c.owner == owner, images.c.hash.in_(orphans))
        )
