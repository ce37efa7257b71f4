"""Accepted answers of comparisons: labels on their rows."""

from datetime import datetime

from sqlalchemy import Connection, select

from components.chat.store import new_id
from components.compare.store import Accepted
from db.labels import rows
from db.schema.labels import labels

c = labels.c


def accepted(connection: Connection, owner: str, comparison_id: str) -> list[Accepted]:
    """Those that hold now, by question and letter."""
    query = select(c.question, c.corrected, c.letter).where(
        *rows.holds(owner), c.comparison_id == comparison_id
    )
    return [Accepted(*row) for row in connection.execute(query.order_by(c.question, c.letter))]


def accept(
    connection: Connection, owner: str, comparison_id: str, said: Accepted, now: datetime
) -> None:
    """Keep the right answer of a row in the place of what it had; a blank one takes it back."""
    row = {"comparison_id": comparison_id, "question": said.question, "letter": said.letter}
    verdict, corrected = ("right", said.answer) if said.answer.strip() else ("withdrawn", "")
    rows.add(connection, owner, row, rows.spoken(new_id(), owner, verdict, corrected, now))
