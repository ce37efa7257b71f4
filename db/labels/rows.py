"""Rows of labels, and how one is added in the place of another."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, update

from components.labels import Label
from db.conversations.rows import AnyRow
from db.schema.labels import labels

c = labels.c
_PLAIN = (
    "id",
    "verdict",
    "at",
    "who",
    "corrected",
    "conversation_id",
    "message_id",
    "attempt_id",
    "comparison_id",
    "question",
    "letter",
    "seconds",
    "blind",
    "note",
)


def label(row: AnyRow) -> Label:
    """A row of labels."""
    return Label(**{name: getattr(row, name) for name in _PLAIN}, tags=tuple(row.tags))


def holds(owner: str) -> list[ColumnElement[bool]]:
    """Those that nothing has replaced and that weren't taken back."""
    return [c.owner == owner, c.replaced_by.is_(None), c.verdict != "withdrawn"]


def add(
    connection: Connection, owner: str, subject: Mapping[str, object], said: Mapping[str, object]
) -> None:
    """A label in the place of what the same person had said of the same. subject: the columns
    that say of what; said: `id`, `at`, `who`, `verdict`, `corrected`."""
    before = [c[name] == value for name, value in subject.items()]
    mine = update(labels).where(c.owner == owner, *before, c.who == said["who"])
    connection.execute(mine.where(c.replaced_by.is_(None)).values(replaced_by=said["id"]))
    rest = {"owner": owner, "blind": False, "tags": [], "note": ""}
    connection.execute(insert(labels).values(rest | dict(subject) | dict(said)))


def spoken(
    label_id: str, who: str, verdict: str, corrected: str, at: datetime
) -> dict[str, object]:
    """What `add` is told of a label."""
    return {"id": label_id, "at": at, "who": who, "verdict": verdict, "corrected": corrected}
