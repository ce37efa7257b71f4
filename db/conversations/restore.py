"""Writing a whole conversation that comes from elsewhere, such as an export."""

from decimal import Decimal

from sqlalchemy import Connection, insert, select

from components.chat.store import StoredAttempt, StoredConversation, StoredMessage
from db.conversations.rows import result_values
from db.conversations.turns import image_rows
from db.schema.conversations import attempts, conversations, message_images, messages, tags

_AT_A_TIME = 1000  # rows, or ids in a query


def taken(connection: Connection, owner: str, conversation: StoredConversation) -> bool:
    """Whether another conversation has a message or an attempt of these ids."""
    tries = [attempt.id for message in conversation.messages for attempt in attempts_of(message)]
    said = [message.id for message in conversation.messages]
    for table, ids in ((messages, said), (attempts, tries)):
        if len(set(ids)) < len(ids):
            return True
        for start in range(0, len(ids), _AT_A_TIME):
            some = ids[start : start + _AT_A_TIME]
            query = select(table.c.id).where(table.c.owner == owner, table.c.id.in_(some)).limit(1)
            if connection.scalar(query) is not None:
                return True
    return False


def attempts_of(message: StoredMessage) -> tuple[StoredAttempt, ...]:
    """All attempts at an answer, oldest first."""
    return (*message.earlier, message.attempt) if message.attempt else message.earlier


def write_head(connection: Connection, owner: str, conversation: StoredConversation) -> None:
    shown = [image for message in conversation.messages for image in message.images]
    tries = [attempt for message in conversation.messages for attempt in attempts_of(message)]
    costs = (a.result.cost for a in tries if a.result.cost is not None)
    connection.execute(
        insert(conversations).values(
            owner=owner,
            id=conversation.id,
            title=conversation.title,
            created_at=conversation.created_at,
            updated_at=conversation.updated_at,
            messages=len(conversation.messages),
            images=len(shown),
            first_image=next((i.hash for i in shown if i.hash is not None), None),
            model=tries[-1].model if tries else "",
            starred=conversation.starred,
            cost=float(sum(costs, Decimal(0))),
        )
    )
    rows = [
        {"owner": owner, "conversation_id": conversation.id, "tag": tag}
        for tag in dict.fromkeys(conversation.tags)
    ]
    if rows:
        connection.execute(insert(tags), rows)


def write_messages(connection: Connection, owner: str, conversation: StoredConversation) -> None:
    """Many rows at a time: one by one, a long conversation would keep everybody else from writing
    for as long as ten times as many."""
    said, shown, tried = [], [], []
    for position, message in enumerate(conversation.messages):
        said.append(
            {
                "owner": owner,
                "id": message.id,
                "conversation_id": conversation.id,
                "parent_id": message.parent_id,
                "position": position,
                "role": message.role,
                "created_at": message.created_at,
                "text": "" if message.attempt else message.text,
            }
        )
        shown += image_rows(owner, conversation.id, message.id, message.images)
        tried += [
            _attempt(owner, conversation.id, message.id, number, attempt)
            for number, attempt in enumerate(attempts_of(message), 1)
        ]
    for table, rows in ((messages, said), (message_images, shown), (attempts, tried)):
        for start in range(0, len(rows), _AT_A_TIME):
            connection.execute(insert(table), rows[start : start + _AT_A_TIME])


def _attempt(
    owner: str, conversation_id: str, message_id: str, number: int, attempt: StoredAttempt
) -> dict[str, object]:
    result = result_values(attempt.result)
    if attempt.result.outcome == "running":  # wherever it runs, it isn't written here
        result["outcome"] = "interrupted"
    return {
        "owner": owner,
        "id": attempt.id,
        "conversation_id": conversation_id,
        "message_id": message_id,
        "number": number,
        "started_at": attempt.started_at,
        "heartbeat_at": attempt.started_at,
        "ended_at": attempt.started_at,
        "endpoint": attempt.endpoint,
        "host": attempt.host,
        "model": attempt.model,
        "parameters": attempt.parameters,
        "prices": attempt.prices,
        "estimated_input_tokens": attempt.estimated_input_tokens,
        "estimated_cost": attempt.estimated_cost,
        **result,
    }
