"""Queries about one person. Each names the owner; the list of all is in db.people.lookup."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from components.access.store import Identity, KeptPerson, Role
from db.schema.people import people

c = people.c
COLUMNS = (
    c.owner,
    c.email,
    c.name,
    c.role,
    c.off,
    c.signed_in_at,
    c.signed_out_before,
    c.first_seen,
    c.last_seen,
)


def kept(row: Sequence[Any]) -> KeptPerson:
    """A row of COLUMNS."""
    return KeptPerson(*row)


def find(connection: Connection, owner: str) -> KeptPerson | None:
    row = connection.execute(select(*COLUMNS).where(c.owner == owner)).first()
    return kept(row) if row else None


def see(connection: Connection, owner: str, said: Identity, now: datetime) -> None:
    """Write who is here. An older sign-in than the latest leaves name and address as they are."""
    known = find(connection, owner)
    if known is None:
        connection.execute(
            insert(people).values(
                owner=owner,
                issuer=said.issuer,
                subject=said.subject,
                email=said.email,
                name=said.name,
                off=False,
                signed_in_at=said.signed_in_at,
                first_seen=now,
                last_seen=now,
            )
        )
        return
    values: dict[str, object] = {"last_seen": now}
    if said.signed_in_at >= known.signed_in_at:
        values |= {"email": said.email, "name": said.name, "signed_in_at": said.signed_in_at}
    _change(connection, owner, **values)


def give_role(connection: Connection, owner: str, role: Role | None) -> bool:
    return _change(connection, owner, role=role)


def switch(connection: Connection, owner: str, *, off: bool) -> bool:
    return _change(connection, owner, off=off)


def sign_out(connection: Connection, owner: str, now: datetime) -> bool:
    """Up to now, and up to the latest sign-in: the provider's clock may be ahead of ours.

    Whole seconds, as ID tokens count them: what was issued in this second is over as well.
    """
    known = find(connection, owner)
    if known is None:
        return False
    until = max(now.replace(microsecond=0), known.signed_in_at)
    return _change(connection, owner, signed_out_before=until)


def _change(connection: Connection, owner: str, **values: object) -> bool:
    changed = connection.execute(update(people).where(c.owner == owner).values(**values))
    return changed.rowcount > 0
