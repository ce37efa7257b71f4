"""Everybody who has signed in, for admins: the one question about people that names no owner."""

from sqlalchemy import Connection, select

from components.access.store import KeptPerson
from db.people.people import COLUMNS, kept
from db.schema.people import people


def everybody(connection: Connection) -> list[KeptPerson]:
    """Whoever was here last comes first."""
    query = select(*COLUMNS).order_by(people.c.last_seen.desc(), people.c.owner)
    return [kept(row) for row in connection.execute(query)]
