"""People as they are kept, and what is asked of a store about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Role = Literal["viewer", "member", "admin"]


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


class PeopleStore(Protocol):
    """What is asked of a log. Every method raises StoreError."""

    def see_person(self, owner: str, identity: Identity) -> None:
        """Keep that this person is here, under this name and address."""

    def person(self, owner: str) -> KeptPerson | None:
        """What is kept of one, None for somebody new."""

    def people(self) -> list[KeptPerson]:
        """Everybody, for admins; whoever was here last first."""

    def give_role(self, owner: str, role: Role | None) -> bool:
        """A role instead of the settings', None for that one again. False when there is none."""

    def switch_person(self, owner: str, *, off: bool) -> bool:
        """Switch somebody off, or on again. False when there is none."""

    def sign_person_out(self, owner: str) -> bool:
        """End every sign-in so far. False when there is none."""
