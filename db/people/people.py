"""Who has signed in, what was decided about them, and wrong passwords."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from components.access.store import Identity, KeptPerson, Role, wait_after
from db.engine.repository import Repository, across_owners, for_owner
from db.people import wrong_passwords
from db.schema import passwords
from db.schema.people import people

c = people.c
_COLUMNS = (
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


class People(Repository):
    """components.access.store.PeopleStore. An owner is one person."""

    @for_owner("write")
    def see(self, connection: Connection, owner: str, identity: Identity) -> None:
        """Keep that this person is here, under this name and address. An older sign-in than the
        latest leaves these as they are."""
        now, known = self.now(), _find(connection, owner)
        values: dict[str, object] = {"last_seen": now}
        if known is None:
            values |= {"owner": owner, "off": False, "first_seen": now, **vars(identity)}
            connection.execute(insert(people).values(values))
            return
        if identity.signed_in_at >= known.signed_in_at:
            latest = ("email", "name", "signed_in_at")
            values |= {name: getattr(identity, name) for name in latest}
        _change(connection, owner, **values)

    @for_owner("read")
    def find(self, connection: Connection, owner: str) -> KeptPerson | None:
        """What is kept of one, None for somebody new."""
        return _find(connection, owner)

    @across_owners("read", people)
    def everybody(self, connection: Connection) -> list[KeptPerson]:
        """For admins; whoever was here last first."""
        query = select(*_COLUMNS).order_by(c.last_seen.desc(), c.owner)
        return [KeptPerson(*row) for row in connection.execute(query)]

    @for_owner("write")
    def give_role(self, connection: Connection, owner: str, role: Role | None) -> bool:
        """A role instead of the settings', None for that one again. False when there is none."""
        return _change(connection, owner, role=role)

    @for_owner("write")
    def switch(self, connection: Connection, owner: str, *, off: bool) -> bool:
        """Switch somebody off, or on again. False when there is none."""
        return _change(connection, owner, off=off)

    @for_owner("write")
    def sign_out(self, connection: Connection, owner: str) -> bool:
        """End every sign-in up to now, and up to the latest: the provider's clock may be ahead of
        ours. False when there is none.

        Whole seconds, as ID tokens count them: what was issued in this second is over as well.
        """
        now, known = self.now(), _find(connection, owner)
        if known is None:
            return False
        until = max(now.replace(microsecond=0), known.signed_in_at)
        return _change(connection, owner, signed_out_before=until)

    def password_typed(self, place: str, *, right: bool) -> timedelta:
        """Count what was typed unless its address has to wait. The wait as it is then."""
        # Whoever waits is refused without keeping everybody's writes waiting.
        return self._wait(place, self.now()) or self._count_typed(place, right)

    @across_owners("read", passwords.wrong_passwords)
    def _wait(self, connection: Connection, place: str, now: datetime) -> timedelta:
        return wait_after(wrong_passwords.counted(connection, place, now))

    @across_owners("write", passwords.wrong_passwords)
    def _count_typed(self, connection: Connection, place: str, right: bool) -> timedelta:
        now = self.now()
        before = wrong_passwords.counted(connection, place, now)
        wait = wait_after(before)
        if wait:
            return wait
        if not right:
            wrong_passwords.note(connection, place, before)
        elif before.count:
            wrong_passwords.forgive(connection, place)
        after = wrong_passwords.counted(connection, place, now)
        return timedelta(0) if right else wait_after(after)


def _find(connection: Connection, owner: str) -> KeptPerson | None:
    row = connection.execute(select(*_COLUMNS).where(c.owner == owner)).first()
    return KeptPerson(*row) if row else None


def _change(connection: Connection, owner: str, **values: object) -> bool:
    changed = connection.execute(update(people).where(c.owner == owner).values(**values))
    return changed.rowcount > 0
