"""A whole conversation. Each query finds its rows by an index on the owner and one more column."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, select

from components.chat.store import StoredAttempt, StoredConversation, StoredImage
from db.conversations import rows
from db.schema.conversations import attempts, conversations, message_images, messages, tags

# Built once: to build them takes longer than to run them, and each page asks them.
_mine: BindParameter[str] = bindparam("owner")
_this: BindParameter[str] = bindparam("conversation")
_c, _m, _a, _i, _t = conversations.c, messages.c, attempts.c, message_images.c, tags.c
_HEAD = select(_c.id, _c.title, _c.created_at, _c.updated_at, _c.starred, _c.images).where(
    _c.owner == _mine, _c.id == _this, _c.deleted_at.is_(None)
)
_MESSAGES = (
    select(messages).where(_m.owner == _mine, _m.conversation_id == _this).order_by(_m.position)
)
_ATTEMPTS = (
    select(attempts).where(_a.owner == _mine, _a.conversation_id == _this).order_by(_a.number)
)
_IMAGES = (
    select(message_images)
    .where(_i.owner == _mine, _i.conversation_id == _this)
    .order_by(_i.position)
)
_TAGS = select(_t.tag).where(_t.owner == _mine, _t.conversation_id == _this).order_by(_t.tag)


def conversation(
    connection: Connection, owner: str, conversation_id: str, now: datetime
) -> StoredConversation | None:
    """A conversation with its messages in order, as of `now`."""
    which = {"owner": owner, "conversation": conversation_id}
    head = connection.execute(_HEAD, which).first()
    if head is None:
        return None
    pictures: defaultdict[str, list[StoredImage]] = defaultdict(list)
    for row in connection.execute(_IMAGES, which) if head.images else ():
        pictures[row.message_id].append(rows.image(row))
    tries: defaultdict[str, list[StoredAttempt]] = defaultdict(list)  # the first attempt first
    for row in connection.execute(_ATTEMPTS, which):
        tries[row.message_id].append(rows.attempt(row, now))
    found = tuple(
        rows.message(row, pictures[row.id], tries[row.id])
        for row in connection.execute(_MESSAGES, which)
    )
    return StoredConversation(
        id=head.id,
        title=head.title,
        created_at=head.created_at,
        updated_at=head.updated_at,
        messages=found,
        starred=head.starred,
        tags=tuple(connection.scalars(_TAGS, which)),
    )
