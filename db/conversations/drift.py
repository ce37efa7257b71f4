"""How far bills were from estimates, by detail, from the attempts themselves."""

from collections import defaultdict

from sqlalchemy import Connection, select

from components.chat.store import Drift
from db.schema.conversations import attempts, message_images, messages

LATEST = 200  # attempts looked at


def drift(connection: Connection, owner: str, model: str) -> list[Drift]:
    """One row for each detail (or mix of them) among the latest answers of `model`."""
    figures = _figures(connection, owner, model)
    details = _details(connection, owner, list(figures))
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for message_id, billed in figures.items():
        total = sums["+".join(sorted(details[message_id])) or "text"]
        for place, number in enumerate((1, *billed)):
            total[place] += number
    return [Drift(model, detail, *numbers) for detail, numbers in sorted(sums.items())]


def _figures(connection: Connection, owner: str, model: str) -> dict[str, tuple[int, int]]:
    a = attempts.c
    query = (
        select(a.message_id, a.estimated_input_tokens, a.input_tokens)
        .where(
            a.owner == owner,
            a.model == model,
            a.usage_source == "reported",
            a.estimated_input_tokens > 0,
            a.input_tokens.is_not(None),
        )
        .order_by(a.started_at.desc())
        .limit(LATEST)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _details(
    connection: Connection, owner: str, message_ids: list[str]
) -> defaultdict[str, set[str]]:
    """The details of the images of the questions that these messages answer."""
    query = (
        select(messages.c.id, message_images.c.detail)
        .join(message_images, message_images.c.message_id == messages.c.parent_id)
        .where(
            messages.c.owner == owner,
            message_images.c.owner == owner,
            messages.c.id.in_(message_ids),
        )
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for message_id, detail in connection.execute(query):
        found[message_id].add(detail)
    return found
