"""Conversations that were had before, and the history page as it shows them."""

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components import services
from components.chat.store import AttemptResult, ConversationSummary, NewImage, StoredConversation
from tests.pages.visiting import Person
from tests.unit.chat.pictures import picture
from tests.unit.db.make import shown, turn

START = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
DONE: dict[str, object] = {"outcome": "ok", "text": "A cat.", "cost": Decimal("0.0012")}


def had(
    name: str, owner: str = "local", *, result: dict[str, object] | None = None, **asked: object
) -> None:
    """One conversation "c<name>" of one turn. asked: fields of its NewTurn."""
    small = picture(64, 64)
    image = NewImage(hashlib.sha256(small).hexdigest(), small, "image/png", small)
    shows: dict[str, object] = {"images": [shown(image)], "contents": [image], "started_at": START}
    services.app().store().conversations.begin_turn(owner, turn(name, **(shows | asked)))
    ended = AttemptResult(**(DONE | (result or {})))  # type: ignore[arg-type]
    services.app().store().conversations.finish(owner, f"t{name}", ended)


def fill(count: int, owner: str = "local", **result: object) -> None:
    """`count` conversations, c0 the oldest."""
    for n in range(count):
        had(str(n), owner, result=result, started_at=START + timedelta(minutes=n))


def history() -> Person:
    return Person(lang="en").look().go("history")


def rows(person: Person) -> list[str]:
    """Ids of the conversations on the page, from top to bottom."""
    return [key.removeprefix("delete-") for key in person.keys if key.startswith("delete-")]


def summary(conversation_id: str) -> ConversationSummary:
    found = services.app().store().history.page("local")
    return next(each for each in found if each.id == conversation_id)


def logged(conversation_id: str) -> StoredConversation | None:
    return services.app().store().conversations.conversation("local", conversation_id)
