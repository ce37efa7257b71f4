"""PeopleBook: what is kept of people who sign in. SqlStore is one."""

from collections.abc import Callable
from datetime import datetime

from components.access.store import Identity, KeptPerson, Role
from db.engine.database import Database
from db.people import lookup, people


class PeopleBook:
    """components.access.store.PeopleStore. Every query names its owner, but for the admins'
    list."""

    database: Database
    _clock: Callable[[], datetime]

    def see_person(self, owner: str, identity: Identity) -> None:
        """Keep that this person is here, under this name and address."""
        with self.database.write(owner) as connection:
            people.see(connection, owner, identity, self._clock())

    def person(self, owner: str) -> KeptPerson | None:
        """What is kept of one, None for somebody new."""
        with self.database.read() as connection:
            return people.find(connection, owner)

    def people(self) -> list[KeptPerson]:
        """Everybody, for admins; whoever was here last first."""
        with self.database.read() as connection:
            return lookup.everybody(connection)

    def give_role(self, owner: str, role: Role | None) -> bool:
        """A role instead of the settings', None for that one again. False when there is none."""
        with self.database.write(owner) as connection:
            return people.give_role(connection, owner, role)

    def switch_person(self, owner: str, *, off: bool) -> bool:
        """Switch somebody off, or on again. False when there is none."""
        with self.database.write(owner) as connection:
            return people.switch(connection, owner, off=off)

    def sign_person_out(self, owner: str) -> bool:
        """End every sign-in so far. False when there is none."""
        with self.database.write(owner) as connection:
            return people.sign_out(connection, owner, self._clock())
