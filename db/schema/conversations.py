"""The tables of the conversation log.

Every table has `owner` in its key and in its foreign keys: the same id under another owner is
another row, and no row can hang on somebody else's. Wide columns stand last, so that SQLite
reads the narrow ones without walking over them. The word index is in db.search.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    false,
)

from db.engine.column_types import Name, UtcTime, Words
from db.schema.answer_columns import ended, reasoning, used

metadata = MetaData()

# messages, images, first_image and model are kept for the history, which reads this table
# without its messages; what costs are known is summed from the attempts of the page shown.
# cost: that sum, for comparing only. deleted_at: set until it is undone or purged.
conversations = Table(
    "conversations",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("messages", Integer, nullable=False),
    Column("images", Integer, nullable=False),
    Column("first_image", Name),
    Column("model", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("starred", Boolean, nullable=False, server_default=false()),
    Column("cost", Float, nullable=False, server_default="0"),
    Column("deleted_at", UtcTime),
    Index("conversations_in_history", "owner", "deleted_at", "updated_at", "id"),
)

# parent_id: the message this one follows; position: order in the conversation, from 0.
# The text of an answer is that of its latest attempt; here it is empty.
messages = Table(
    "messages",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("conversation_id", Name, nullable=False),
    Column("parent_id", Name),
    Column("position", Integer, nullable=False),
    Column("role", Name, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("text", Words, nullable=False),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["owner", "parent_id"], ["messages.owner", "messages.id"], ondelete="CASCADE"
    ),
    Index("messages_in_order", "owner", "conversation_id", "position"),
    Index("messages_by_parent", "owner", "parent_id"),
)

# Bytes once per owner: sharing them between owners would tell one what the other has sent.
images = Table(
    "images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("hash", Name, primary_key=True),
    Column("media_type", Name, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("thumbnail", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# What was read from an image, for the search; "" when nothing was.
image_texts = Table(
    "image_texts",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("hash", Name, primary_key=True),
    Column("text", Words, nullable=False),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"], ondelete="CASCADE"),
)

# Images of questions that aren't asked yet. at: when the draft changed last.
draft_images = Table(
    "draft_images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("draft_id", Name, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("hash", Name),
    Column("name", Words, nullable=False),
    Column("detail", Name, nullable=False),
    Column("url", Words),
    Column("as_is", Boolean, nullable=False),
    Column("first_frame", Boolean, nullable=False),
    Column("aside", Boolean, nullable=False),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("draft_images_by_hash", "owner", "hash"),
)

# conversation_id: repeats the message's, so that a conversation's images are found without a join.
message_images = Table(
    "message_images",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("message_id", Name, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("conversation_id", Name, nullable=False),
    Column("hash", Name),
    Column("name", Words, nullable=False),
    Column("detail", Name, nullable=False),
    Column("width", BigInteger),
    Column("height", BigInteger),
    Column("original_width", BigInteger),
    Column("original_height", BigInteger),
    Column("tokens", BigInteger),
    Column("url", Words),
    Column("as_is", Boolean, nullable=False),
    Column("first_frame", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["owner", "message_id"], ["messages.owner", "messages.id"], ondelete="CASCADE"
    ),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(["owner", "hash"], ["images.owner", "images.hash"]),
    Index("message_images_by_conversation", "owner", "conversation_id"),
    Index("message_images_by_hash", "owner", "hash"),
)

# number: which try at its message this is, from 1. heartbeat_at: last sign of life of a running
# one. estimated_*, prices: what was known when it was sent, so that history never changes.
# stop_asked: by a person, of whichever process runs it.
attempts = Table(
    "attempts",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("conversation_id", Name, nullable=False),
    Column("message_id", Name, nullable=False),
    Column("number", Integer, nullable=False),
    Column("outcome", Name, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("heartbeat_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    *used(),
    Column("endpoint", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("model", Words, nullable=False),
    *ended(),
    Column("prices", JSON, nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("left_out", JSON, nullable=False),
    Column("error_data", JSON, nullable=False),
    Column("text", Words, nullable=False),
    Column("stop_asked", Boolean, nullable=False, server_default=false()),
    reasoning(),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["owner", "message_id"], ["messages.owner", "messages.id"], ondelete="CASCADE"
    ),
    Index("attempts_by_conversation", "owner", "conversation_id"),
    Index("attempts_by_message", "owner", "message_id"),
    Index("attempts_by_model", "owner", "model", "conversation_id"),
    Index("attempts_by_start", "owner", "started_at", "conversation_id"),
)

tags = Table(
    "tags",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("conversation_id", Name, primary_key=True),
    Column("tag", Words, primary_key=True),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    Index("tags_by_name", "owner", "tag", "conversation_id"),
)

# number: what the word index knows a conversation by. Never used again for another one.
search_keys = Table(
    "search_keys",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("owner", Name, nullable=False),
    Column("conversation_id", Name, nullable=False),
    UniqueConstraint("owner", "conversation_id"),
    ForeignKeyConstraint(
        ["owner", "conversation_id"],
        ["conversations.owner", "conversations.id"],
        ondelete="CASCADE",
    ),
    sqlite_autoincrement=True,
)

# params: the text of the calculator's link.
scenarios = Table(
    "scenarios",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("name", Words, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("params", Words, nullable=False),
    UniqueConstraint("owner", "name"),
)

# slug: of an answer in the FAQ; lang: in which it was read.
votes = Table(
    "votes",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("slug", Name, primary_key=True),
    Column("lang", Name, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
)
