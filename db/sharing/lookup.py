"""The one query that begins without an owner: whose link is this?

Everything after it is asked with the owner that it names.
"""

from datetime import datetime

from sqlalchemy import Connection, select

from components.sharing.store import Share
from db.schema.sharing import shares
from db.sharing.shares import COLUMNS


def by_hash(connection: Connection, token_hash: str, now: datetime) -> Share | None:
    """The open share with this hash of a token."""
    row = connection.execute(select(*COLUMNS).where(shares.c.hash == token_hash)).first()
    share = Share(**row._mapping) if row else None
    return share if share and share.open_at(now) else None
