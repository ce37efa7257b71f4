"""The table of requests and what they spend; see db.schema.conversations for what holds for all.

Rows outlive the conversations they came from: whoever deletes a conversation has spent its money.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table

from db.engine.column_types import ExactDecimal, Name, UtcTime, Words
from db.schema.conversations import metadata

# kind: "server" (an endpoint of the server's), "own" (typed by the person) or "builtin".
# state: "reserved", "settled" or "released"; beat_at: last sign of life of whoever reserved it.
# amount: what counts against limits of money, in 1e-12 USD, so that SQL adds it up exactly.
# priced: whether that is known. subject: the attempt or cell. cost: as settled.
_COUNTED = ("at", "state", "beat_at", "kind", "images", "amount", "priced")
usage_events = Table(
    "usage_events",
    metadata,
    Column("owner", Name, primary_key=True),
    Column("id", Name, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("beat_at", UtcTime, nullable=False),
    Column("state", Name, nullable=False),
    Column("kind", Name, nullable=False),
    Column("images", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("priced", Boolean, nullable=False),
    Column("estimated_cost", ExactDecimal),
    Column("cost", ExactDecimal),
    Column("input_tokens", BigInteger),
    Column("output_tokens", BigInteger),
    Column("subject", Name, nullable=False),
    Column("endpoint", Words, nullable=False),
    Column("host", Words, nullable=False),
    Column("model", Words, nullable=False),
    Column("cached_tokens", BigInteger),
    Column("cache_write_tokens", BigInteger),
    Index("usage_by_owner", "owner", *_COUNTED),
    Index("usage_by_time", *_COUNTED),
)
