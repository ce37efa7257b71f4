"""A person as the rest of the app knows one."""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal, get_args

from components.access.errors import AccessError
from components.access.store import Role

Mode = Literal["local", "password", "oidc"]
MODES: tuple[Mode, ...] = get_args(Mode)
ROLES: tuple[Role, ...] = get_args(Role)


__all__ = ["LOCAL", "MODES", "ROLES", "Mode", "Person", "Role", "owner_of", "shared"]


@dataclass(frozen=True)
class Person:
    """owner: whose rows in the store are theirs; name, email: "" where nobody said.

    viewer: reads; member: asks, uploads and compares as well; admin: sees to people too.
    """

    owner: str
    name: str = ""
    email: str = ""
    role: Role = "member"

    @property
    def may_ask(self) -> bool:
        return self.role != "viewer"

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    def must_ask(self) -> None:
        """Raises AccessError (access_viewer) for whoever only reads."""
        if not self.may_ask:
            raise AccessError("access_viewer")

    def must_be_admin(self) -> None:
        """Raises AccessError (access_not_admin) for everybody else."""
        if not self.is_admin:
            raise AccessError("access_not_admin")


LOCAL = Person("local", role="admin")


def shared(role: Role) -> Person:
    """Whoever knows the shared password: all of them are one to the log."""
    return Person("shared", role=role)


def owner_of(issuer: str, subject: str) -> str:
    """The owner's id of an OIDC identity.

    OpenID Connect Core 1.0, 5.7: only issuer and subject together are stable and never given to
    another person; an address may be. Hashed, so that no store or link carries a subject.
    """
    pair = json.dumps([issuer, subject]).encode()
    return f"oidc-{hashlib.sha256(pair).hexdigest()[:40]}"
