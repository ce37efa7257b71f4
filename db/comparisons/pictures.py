"""Pictures in the answers of comparisons. Each query names the owner of every table in it."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select

from components.chat.store import AnswerPicture
from components.compare.store import CellPicture
from db.conversations.images import keep_contents, let_go
from db.schema.comparisons import cell_pictures, cells

p, k = cell_pictures.c, cells.c


def put(
    connection: Connection, owner: str, cell_id: str, pictures: Sequence[AnswerPicture]
) -> None:
    """The pictures of an answer, with their bytes."""
    keep_contents(connection, owner, [picture.content for picture in pictures])
    comparison = select(k.comparison_id).where(k.owner == owner, k.id == cell_id)
    of_cell = {
        "owner": owner,
        "cell_id": cell_id,
        "comparison_id": connection.scalars(comparison).one(),
    }
    connection.execute(
        insert(cell_pictures),
        [
            of_cell
            | {"position": n, "hash": picture.content.hash}
            | {name: getattr(picture.shown, name) for name in ("name", "width", "height")}
            for n, picture in enumerate(pictures)
        ],
    )


def of(
    connection: Connection, owner: str, comparison_id: str
) -> dict[str, tuple[CellPicture, ...]]:
    """By cell, in order."""
    found: defaultdict[str, list[CellPicture]] = defaultdict(list)
    query = select(p.cell_id, p.position, p.hash, p.name, p.width, p.height).where(
        p.owner == owner, p.comparison_id == comparison_id
    )
    # Sorted here: or SQLite goes through all of the owner's, which the key has in order.
    for cell_id, _, *picture in sorted(map(tuple, connection.execute(query))):
        found[cell_id].append(CellPicture(*picture))
    return {cell_id: tuple(each) for cell_id, each in found.items()}


def hashes(connection: Connection, owner: str, comparison_id: str) -> list[str]:
    """Of all of a comparison."""
    mine = [p.owner == owner, p.comparison_id == comparison_id]
    return list(connection.scalars(select(p.hash).where(*mine)))


def remove(connection: Connection, owner: str, cell_ids: Collection[str]) -> None:
    """Those of some cells, with the bytes that nothing else of the owner's shows."""
    mine = [p.owner == owner, p.cell_id.in_(cell_ids)]
    used = list(connection.scalars(select(p.hash).where(*mine)))
    if used:
        connection.execute(delete(cell_pictures).where(*mine))
        let_go(connection, owner, used)
