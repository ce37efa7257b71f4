"""What is kept of people, looked at in each run: one query in FRESH seconds per person.

A run asks up to 25 times who it is for, and a query takes 0.3 ms on SQLite: in each of them it
would be felt. What another process decides holds here FRESH seconds later, before anybody's click.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from cachetools import TTLCache

from components.access.admission import admit, identity
from components.access.person import Person, Role, owner_of
from components.access.rules import Rules
from components.access.store import Identity, KeptPerson, PeopleStore

FRESH = 0.2  # seconds
SEEN_AGAIN = timedelta(minutes=5)  # how exactly "last seen" is kept
_KNOWN = 10_000  # people that are remembered at once


class People:
    """One per process. clock: seconds, monotonic; now: aware."""

    def __init__(
        self,
        store: PeopleStore,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store = store
        self._now = now
        self._lock = threading.Lock()
        self._known: TTLCache[str, tuple[KeptPerson | None]] = TTLCache(_KNOWN, FRESH, clock)

    def admit(self, claims: Mapping[str, object], rules: Rules) -> Person:
        """The person who has signed in with `claims`; keeps that they were here.

        Raises AccessError as components.access.admission.admit does, StoreError.
        """
        said = identity(claims, rules)
        owner = owner_of(said.issuer, said.subject)
        kept = self._kept(owner)
        person, _ = admit(claims, rules, kept)
        if kept is None or self._changed(kept, said):
            self._store.see(owner, said)
            self._forget(owner)
        return person

    def all(self) -> list[KeptPerson]:
        return self._store.everybody()

    def give_role(self, owner: str, role: Role | None) -> None:
        self._store.give_role(owner, role)
        self._forget(owner)

    def switch(self, owner: str, *, off: bool) -> None:
        self._store.switch(owner, off=off)
        self._forget(owner)

    def sign_out(self, owner: str) -> None:
        """Ends every sign-in of theirs so far, copied cookies among them."""
        self._store.sign_out(owner)
        self._forget(owner)

    def _changed(self, kept: KeptPerson, said: Identity) -> bool:
        newer = said.signed_in_at > kept.signed_in_at
        return newer or self._now() - kept.last_seen > SEEN_AGAIN

    def _kept(self, owner: str) -> KeptPerson | None:
        with self._lock:
            known = self._known.get(owner)
        if known:
            return known[0]
        kept = self._store.find(owner)
        with self._lock:
            self._known[owner] = (kept,)
        return kept

    def _forget(self, owner: str) -> None:
        with self._lock:
            self._known.pop(owner, None)
