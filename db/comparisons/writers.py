"""Writing comparisons. Each statement names the owner of every table in it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, and_, delete, insert, select, update

from components.chat.store import AttemptResult, NewImage
from components.compare.store import Cell, Comparison, state_of
from db.comparisons import rows
from db.comparisons.readers import head_of
from db.comparisons.running import beat, open_cells
from db.conversations import readers
from db.conversations.rows import is_stale, result_values
from db.conversations.turns import exists, keep_contents, stored_hashes
from db.schema.comparisons import accepted_answers, cells, comparison_images, comparisons
from db.schema.conversations import images
from db.sharing import shares

c, k, i, a = comparisons.c, cells.c, comparison_images.c, accepted_answers.c


def begin(
    connection: Connection,
    owner: str,
    comparison: Comparison,
    planned: Sequence[Cell],
    contents: Sequence[NewImage],
    now: datetime,
) -> None:
    """Write all of it unless it is there. Raises ValueError for an image without bytes."""
    if exists(connection, comparisons, owner, comparison.id):
        return
    keep_contents(connection, owner, contents)
    hashes = {image.hash for image in comparison.images}
    if hashes - stored_hashes(connection, owner, list(hashes)):
        raise ValueError("an image of the comparison has no bytes: pass them in contents")
    connection.execute(
        insert(comparisons).values(
            owner=owner, heartbeat_at=now, **rows.comparison_values(comparison)
        )
    )
    of_it = {"owner": owner, "comparison_id": comparison.id}
    shown = [
        of_it | {"position": n} | rows.image_values(image)
        for n, image in enumerate(comparison.images)
    ]
    asked = [of_it | {"position": n} | rows.cell_values(cell) for n, cell in enumerate(planned)]
    for table, values in ((comparison_images, shown), (cells, asked)):
        if values:
            connection.execute(insert(table), values)
    for each in comparison.accepted:
        set_accepted(connection, owner, comparison.id, each.question, each.letter, each.answer)


def finish(connection: Connection, owner: str, cell_id: str, result: AttemptResult) -> None:
    """How a cell ended; without effect once it has."""
    mine = [k.owner == owner, k.id == cell_id, k.state.in_(rows.OPEN)]
    ended = result_values(result) | {"state": state_of(result)}
    connection.execute(update(cells).where(*mine).values(ended))


def stop(connection: Connection, owner: str, comparison_id: str, ids: Collection[str]) -> None:
    """Cells that were never sent won't be, and cost nothing."""
    nothing = AttemptResult("stopped", "", attempts=0, cost=Decimal(0))
    unsent = result_values(nothing) | {"state": "stopped"}
    mine = [k.owner == owner, k.comparison_id == comparison_id, k.state == "waiting"]
    connection.execute(update(cells).where(*mine, k.id.in_(ids)).values(unsent))


def reopen(
    connection: Connection, owner: str, comparison_id: str, ids: Collection[str], now: datetime
) -> list[str]:
    """Let cells wait again; which ones could."""
    head = head_of(connection, owner, comparison_id)
    if head is None:
        return []
    of_it = and_(k.owner == owner, k.comparison_id == comparison_id)
    if is_stale(head.heartbeat_at, now):
        # Or the heartbeat that begins now would bring all of them back to life.
        kept = {"state": "interrupted", "outcome": "interrupted"}
        connection.execute(update(cells).where(open_cells(owner, comparison_id)).values(kept))
    wanted = [of_it, k.id.in_(ids), k.state.in_(("failed", "stopped", "interrupted"))]
    found = list(connection.scalars(select(k.id).where(*wanted).order_by(k.position)))
    if found:
        connection.execute(update(cells).where(*wanted).values(rows.open_values()))
        beat(connection, owner, comparison_id, now)
    return found


def set_accepted(
    connection: Connection,
    owner: str,
    comparison_id: str,
    question: int,
    letter: str,
    answer: str | None,
) -> bool:
    """Replace what was accepted of this row; None or blank: nothing is. Whether there is such a
    comparison."""
    if not exists(connection, comparisons, owner, comparison_id):
        return False
    row = [a.owner == owner, a.comparison_id == comparison_id]
    row += [a.question == question, a.letter == letter]
    connection.execute(delete(accepted_answers).where(*row))
    if answer and answer.strip():
        connection.execute(
            insert(accepted_answers).values(
                owner=owner,
                comparison_id=comparison_id,
                question=question,
                letter=letter,
                answer=answer,
            )
        )
    return True


def remove(connection: Connection, owner: str, comparison_id: str) -> bool:
    """Delete it with the images that nothing else of the owner's shows. Whether there was one."""
    query = select(i.hash).where(i.owner == owner, i.comparison_id == comparison_id)
    used = set(connection.scalars(query))
    shares.forget(connection, owner, "comparison", [comparison_id])
    gone = connection.execute(
        delete(comparisons).where(c.owner == owner, c.id == comparison_id)
    ).rowcount
    orphans = used - readers.in_use(connection, owner, used)
    connection.execute(delete(images).where(images.c.owner == owner, images.c.hash.in_(orphans)))
    return gone > 0
