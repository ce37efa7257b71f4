"""People as they are kept, wrong passwords, and what is asked of a store about both."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

Role = Literal["viewer", "member", "admin"]
FREE = 5  # wrong ones that an address may send without a wait
FIRST_WAIT = timedelta(seconds=2)  # after the next one; doubled with each further one
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)  # after its last wrong one an address starts anew
ALL_PER_MINUTE = 30  # wrong ones of all addresses together; beyond it each has one try free
_MINUTE = timedelta(minutes=1)
_NONE = timedelta(0)


@dataclass(frozen=True)
class Identity:
    """What a sign-in says of somebody. signed_in_at: when, by the provider's clock."""

    issuer: str
    subject: str
    email: str
    name: str
    signed_in_at: datetime


@dataclass(frozen=True)
class KeptPerson:
    """What is kept of somebody who was let in once.

    role: given by an admin, None where the settings decide. off: switched off. signed_out_before:
    sign-ins up to this moment count no more. signed_in_at: the latest sign-in.
    """

    owner: str
    email: str
    name: str
    role: Role | None
    off: bool
    signed_in_at: datetime
    signed_out_before: datetime | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True)
class WrongOnes:
    """Wrong passwords that count at `now`. Times are aware.

    count, last: of one address, in a row, and the latest of them. oldest_of_full: of all
    addresses together, the oldest of as many as a minute may have; None while there are fewer.
    """

    now: datetime
    count: int = 0
    last: datetime | None = None
    oldest_of_full: datetime | None = None


class PeopleStore(Protocol):
    """What is asked of a store. Every method raises StoreError."""

    def see(self, owner: str, identity: Identity) -> None:
        """Keep that this person is here, under this name and address."""

    def find(self, owner: str) -> KeptPerson | None:
        """What is kept of one, None for somebody new."""

    def everybody(self) -> list[KeptPerson]:
        """For admins; whoever was here last first."""
        ...

    def give_role(self, owner: str, role: Role | None) -> bool:
        """A role instead of the settings', None for that one again. False when there is none."""
        ...

    def switch(self, owner: str, *, off: bool) -> bool:
        """Switch somebody off, or on again. False when there is none."""
        ...

    def sign_out(self, owner: str) -> bool:
        """End every sign-in so far. False when there is none."""
        ...

    def password_typed(self, place: str, *, right: bool) -> timedelta:
        """Count what was typed unless its address has to wait, in one exclusive transaction.

        place: stands for an address, without telling it. The wait as it is then: zero after the
        right one and after the first few wrong ones. Raises StoreError: nothing was counted then,
        and nobody may be let in.
        """
        ...


def wait_after(wrong: WrongOnes) -> timedelta:
    """How long this address has to wait from `wrong.now` on, zero if it may try. Pure, so that a
    store can ask in its transaction.

    While all addresses together send too many, each has one wrong one without a wait instead of
    FREE: guessing gets slower for everybody, and nobody's first try is refused for what strangers
    do.
    """
    free = 1 if _strained(wrong) else FREE
    if wrong.last is None or wrong.count < free:
        return _NONE
    doubled = FIRST_WAIT * (1 << min(wrong.count - free, 20))
    return max(min(doubled, LONGEST_WAIT) - _passed(wrong, wrong.last), _NONE)


def _strained(wrong: WrongOnes) -> bool:
    oldest = wrong.oldest_of_full
    return oldest is not None and _passed(wrong, oldest) < _MINUTE


def _passed(wrong: WrongOnes, at: datetime) -> timedelta:
    """Never negative: the clock of another process may be ahead, and nobody waits for that."""
    return max(wrong.now - at, _NONE)
