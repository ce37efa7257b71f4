"""Writing a turn: a question, its images, the answer to come and the attempt at it.

Each part is written only if it isn't there, so a repeat is harmless, and a retry may name the
same question (another answer to it) or the same answer (another attempt at it).
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, func, insert, select, update

from components.chat.store import LAST, AnswerPicture, AttemptResult, NewTurn, StoredImage
from db.conversations.images import check_bytes, keep_contents
from db.conversations.rows import image_values, result_values
from db.schema.conversations import attempts, conversations, message_images, messages
from db.search.index import TITLE, set_words
from db.search.text import searchable
from db.search.tokens import question_words


def begin_conversation(connection: Connection, owner: str, turn: NewTurn, now: datetime) -> bool:
    """Write `turn` if its conversation isn't there yet, and say so. Raises ValueError as
    `write_turn`."""
    if exists(connection, conversations, owner, turn.conversation_id):
        return False
    _write_first(connection, owner, turn, now)
    return True


def write_turn(connection: Connection, owner: str, turn: NewTurn, now: datetime) -> None:
    """Write what of `turn` isn't there yet, in a conversation that is. Raises ValueError when an
    image's bytes are neither in the turn nor in the log."""
    if exists(connection, attempts, owner, turn.attempt_id):
        return
    keep_contents(connection, owner, turn.contents)
    asked = _write_question(connection, owner, turn)
    answered = _write_message(connection, owner, turn, "assistant")
    _write_attempt(connection, owner, turn, _earlier(connection, owner, turn) + 1, now)
    _count(connection, owner, turn, asked is not None, answered is not None, now)
    if asked is not None:
        words = question_words(connection, owner, turn.text, turn.images)
        set_words(connection, owner, turn.conversation_id, {asked + 1: words})


def _write_first(connection: Connection, owner: str, turn: NewTurn, now: datetime) -> None:
    """The turn that begins a conversation: nothing to look up, as nothing is there. Each statement
    is time that everybody else's question waits, and its row is a parameter: half that time."""
    begun = {
        "owner": owner,
        "id": turn.conversation_id,
        "title": turn.title,
        "created_at": turn.started_at,
        "updated_at": now,
        "messages": 2,
        "images": len(turn.images),
        "first_image": _first_image(turn),
        "model": turn.model,
    }
    connection.execute(insert(conversations), begun)
    keep_contents(connection, owner, turn.contents)
    parent = None if turn.parent_id == LAST else turn.parent_id
    said = [_message(owner, turn, "user", parent, 0)]
    said.append(_message(owner, turn, "assistant", turn.user_message_id, 1))
    connection.execute(insert(messages), said)
    _write_images(connection, owner, turn)
    _write_attempt(connection, owner, turn, 1, now)
    asked = question_words(connection, owner, turn.text, turn.images)
    words = {TITLE: searchable(turn.title), 1: asked}
    set_words(connection, owner, turn.conversation_id, words, first=True)


def exists(connection: Connection, table: Table, owner: str, row_id: str) -> bool:
    return connection.scalar(_by_id(table), {"mine": owner, "this": row_id}) is not None


@cache
def _by_id(table: Table) -> Select[tuple[str]]:
    """Built once: every question asks it."""
    return select(table.c.id).where(
        table.c.owner == bindparam("mine"), table.c.id == bindparam("this")
    )


def _write_question(connection: Connection, owner: str, turn: NewTurn) -> int | None:
    position = _write_message(connection, owner, turn, "user")
    if position is not None:
        _write_images(connection, owner, turn)
    return position


def _write_images(connection: Connection, owner: str, turn: NewTurn) -> None:
    check_bytes(connection, owner, [image.hash for image in turn.images], "turn")
    write_images(connection, owner, turn.conversation_id, turn.user_message_id, turn.images)


def write_images(
    connection: Connection,
    owner: str,
    conversation_id: str,
    message_id: str,
    shown: Sequence[StoredImage],
) -> None:
    """The images of a new message."""
    rows = image_rows(owner, conversation_id, message_id, shown)
    if rows:
        connection.execute(insert(message_images), rows)


def image_rows(
    owner: str, conversation_id: str, message_id: str, shown: Sequence[StoredImage]
) -> list[dict[str, object]]:
    of_message = {"owner": owner, "message_id": message_id, "conversation_id": conversation_id}
    return [of_message | {"position": n} | image_values(i) for n, i in enumerate(shown)]


def _write_message(connection: Connection, owner: str, turn: NewTurn, role: str) -> int | None:
    """Its position, None when it was there before."""
    message_id = turn.user_message_id if role == "user" else turn.answer_message_id
    if exists(connection, messages, owner, message_id):
        return None
    last = _last_message(connection, owner, turn.conversation_id)
    before = turn.parent_id
    if before == LAST:
        before = last.id if last else None
    position = last.position + 1 if last else 0
    parent = before if role == "user" else turn.user_message_id
    connection.execute(insert(messages), [_message(owner, turn, role, parent, position)])
    return position


def _message(
    owner: str, turn: NewTurn, role: str, parent: str | None, position: int
) -> dict[str, object]:
    asked = role == "user"
    return {
        "owner": owner,
        "id": turn.user_message_id if asked else turn.answer_message_id,
        "conversation_id": turn.conversation_id,
        "parent_id": parent,
        "position": position,
        "role": role,
        "created_at": turn.started_at,
        "text": turn.text if asked else "",
    }


def _last_message(connection: Connection, owner: str, conversation_id: str) -> Any:
    query = (
        select(messages.c.id, messages.c.position)
        .where(messages.c.owner == owner, messages.c.conversation_id == conversation_id)
        .order_by(messages.c.position.desc())
        .limit(1)
    )
    return connection.execute(query).first()


def _earlier(connection: Connection, owner: str, turn: NewTurn) -> int:
    """How many attempts at this answer there were."""
    a = attempts.c
    query = select(func.count()).where(a.owner == owner, a.message_id == turn.answer_message_id)
    return connection.scalar(query) or 0


def _write_attempt(
    connection: Connection, owner: str, turn: NewTurn, number: int, now: datetime
) -> None:
    begun = {
        "owner": owner,
        "id": turn.attempt_id,
        "conversation_id": turn.conversation_id,
        "message_id": turn.answer_message_id,
        "number": number,
        "started_at": turn.started_at,
        "heartbeat_at": now,
        "endpoint": turn.endpoint,
        "host": turn.host,
        "model": turn.model,
        "parameters": turn.parameters,
        "prices": turn.prices,
        "estimated_input_tokens": turn.estimated_input_tokens,
        "estimated_cost": turn.estimated_cost,
        **result_values(AttemptResult("running", "")),
    }
    connection.execute(insert(attempts), begun)


def _count(
    connection: Connection, owner: str, turn: NewTurn, asked: bool, answered: bool, now: datetime
) -> None:
    c = conversations.c
    connection.execute(
        update(conversations)
        .where(c.owner == owner, c.id == turn.conversation_id)
        .values(
            updated_at=now,
            deleted_at=None,  # asking in a conversation that was just deleted brings it back
            model=turn.model,
            messages=c.messages + (int(asked) + int(answered)),
            images=c.images + (len(turn.images) if asked else 0),
            first_image=func.coalesce(c.first_image, _first_image(turn)),
        )
    )


def _first_image(turn: NewTurn) -> str | None:
    return next((i.hash for i in turn.images if i.hash is not None), None)


def note_answer(
    connection: Connection, owner: str, attempt_id: str, words: str, now: datetime
) -> None:
    """An attempt has ended: its conversation has changed, cost more, and says new words."""
    a, m, c = attempts.c, messages.c, conversations.c
    of_attempt = select(a.message_id).where(a.owner == owner, a.id == attempt_id)
    answer = connection.execute(
        select(m.conversation_id, m.position).where(
            m.owner == owner, m.id == of_attempt.scalar_subquery()
        )
    ).one()
    costs = connection.scalars(
        select(a.cost).where(a.owner == owner, a.conversation_id == answer.conversation_id)
    )
    # Summed as decimals each time: adding up floats would drift away from what is shown.
    total = float(sum((cost for cost in costs if cost is not None), Decimal(0)))
    connection.execute(
        update(conversations)
        .where(c.owner == owner, c.id == answer.conversation_id)
        .values(updated_at=now, cost=total)
    )
    set_words(connection, owner, answer.conversation_id, {answer.position + 1: words})


def keep_pictures(
    connection: Connection, owner: str, attempt_id: str, pictures: Sequence[AnswerPicture]
) -> None:
    """The pictures of an answer, in place of those of an earlier attempt at it."""
    a, i, c = attempts.c, message_images.c, conversations.c
    answer = connection.execute(
        select(a.message_id, a.conversation_id, a.number).where(
            a.owner == owner, a.id == attempt_id
        )
    ).one()
    if not pictures and answer.number == 1:
        return
    mine = delete(message_images).where(i.owner == owner, i.message_id == answer.message_id)
    before = connection.execute(mine).rowcount
    shown = [picture.shown for picture in pictures]
    keep_contents(connection, owner, [picture.content for picture in pictures])
    write_images(connection, owner, answer.conversation_id, answer.message_id, shown)
    first = next((image.hash for image in shown), None)
    connection.execute(
        update(conversations)
        .where(c.owner == owner, c.id == answer.conversation_id)
        .values(
            images=c.images + (len(shown) - before),
            first_image=func.coalesce(c.first_image, first),
        )
    )
