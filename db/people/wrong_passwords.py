"""Counting wrong passwords: the queries that name no owner, as whoever types is nobody yet.

They touch the one table that has none.
"""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from components.access.store import ALL_PER_MINUTE, FORGOTTEN, LONGEST_WAIT, WrongOnes
from db.schema.passwords import wrong_passwords

c = wrong_passwords.c
_MINUTE = timedelta(minutes=1)


def counted(connection: Connection, place: str, now: datetime) -> WrongOnes:
    """What counts for an address, and for all together.

    Rows of a future further off than a wait are from before a clock was set back: they count as
    little as old ones do, or everybody would wait until that time.
    """
    recent = c.at <= now + LONGEST_WAIT
    latest = connection.execute(
        select(c.count, c.at)
        .where(c.place == place, c.at >= now - FORGOTTEN, recent)
        .order_by(c.at.desc(), c.count.desc())
        .limit(1)
    ).first()
    full = connection.scalar(
        select(c.at)
        .where(c.at > now - _MINUTE, recent)
        .order_by(c.at.desc())
        .limit(1)
        .offset(ALL_PER_MINUTE - 1)
    )
    count, last = latest or (0, None)
    return WrongOnes(now, count, last, full)


def note(connection: Connection, place: str, before: WrongOnes) -> None:
    """One more wrong one after those `before`. What counts no longer goes."""
    now = before.now
    connection.execute(
        delete(wrong_passwords).where(or_(c.at < now - FORGOTTEN, c.at > now + LONGEST_WAIT))
    )
    # Never before the last one, which a process with a faster clock may have written.
    at = max(now, before.last or now)
    row = {"id": uuid.uuid4().hex, "place": place, "count": before.count + 1, "at": at}
    connection.execute(insert(wrong_passwords).values(row))


def forgive(connection: Connection, place: str) -> None:
    """The address starts anew; for all together its wrong ones go on counting."""
    connection.execute(update(wrong_passwords).where(c.place == place).values(count=0))
