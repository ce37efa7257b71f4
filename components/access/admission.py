"""Whether somebody who has signed in is let in, and as what. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from components.access.errors import AccessError
from components.access.person import Person, Role, owner_of
from components.access.rules import ANYBODY, Rules, address
from components.access.store import Identity, KeptPerson

_NEVER = datetime.fromtimestamp(0, UTC)


def identity(claims: Mapping[str, object], rules: Rules) -> Identity:
    """The sign-in that `claims` (of an OIDC ID token) tell of.

    Its email is "" unless the provider vouches for it: elsewhere anybody could write in whose
    address they like. Raises AccessError (access_no_identity) without issuer or subject.
    """
    issuer, subject = _word(claims, "iss"), _word(claims, "sub")
    if not issuer or not subject:
        raise AccessError("access_no_identity")
    vouched = claims.get("email_verified") in (True, "true") or (
        rules.unverified and "email_verified" not in claims
    )
    email = address(_word(claims, "email")) if vouched else ""
    name = _word(claims, "name") or email
    return Identity(issuer, subject, email, " ".join(name.split())[:100], _issued(claims))


def admit(
    claims: Mapping[str, object], rules: Rules, kept: KeptPerson | None
) -> tuple[Person, Identity]:
    """The person. kept: what the store has of them.

    Raises AccessError: access_no_identity, access_off, access_signed_out, access_unverified,
    access_no_address, access_not_allowed.
    """
    who = identity(claims, rules)
    if kept and kept.off:
        raise AccessError("access_off")
    if kept and kept.signed_out_before and who.signed_in_at <= kept.signed_out_before:
        raise AccessError("access_signed_out")
    if not allowed(who.email, rules.allow):
        raise _why_not(claims, who)
    person = Person(owner_of(who.issuer, who.subject), who.name, who.email)
    return replace(person, role=role_of(who.email, rules, kept.role if kept else None)), who


def allowed(email: str, allow: Iterable[str]) -> bool:
    """Whether an allowlist has this address, its domain, or lets everybody in."""
    return any(_matches(email, entry) for entry in allow)


def role_of(email: str, rules: Rules, given: Role | None = None) -> Role:
    """Admins of the settings are admins whatever else is said, so that nobody locks them out."""
    if email and email in rules.admins:
        return "admin"
    if given:
        return given
    for role, those in (("member", rules.members), ("viewer", rules.viewers)):
        if any(_matches(email, entry) for entry in those if entry != ANYBODY):
            return role  # type: ignore[return-value]
    return rules.role


def _matches(email: str, entry: str) -> bool:
    if entry == ANYBODY:
        return True
    return bool(email) and (email == entry or email.partition("@")[2] == entry)


def _why_not(claims: Mapping[str, object], who: Identity) -> AccessError:
    if who.email:
        return AccessError("access_not_allowed", email=who.email)
    if said := address(_word(claims, "email")):
        return AccessError("access_unverified", email=said)
    return AccessError("access_no_address")


def _word(claims: Mapping[str, object], name: str) -> str:
    found = claims.get(name)
    return found.strip() if isinstance(found, str) else ""


def _issued(claims: Mapping[str, object]) -> datetime:
    at = claims.get("iat")
    if isinstance(at, bool) or not isinstance(at, int | float):
        return _NEVER
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return _NEVER
