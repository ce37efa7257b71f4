"""Who this run is for. No page is drawn and no callback works for anybody else."""

from collections.abc import Callable

import streamlit as st

from components import services
from components.access.errors import AccessError
from components.access.person import LOCAL, Person, shared
from components.providers.endpoints import Endpoint
from components.settings.schema import OwnPolicy
from components.ui.server.cookies import COOKIE


def identify(*, proof: str, by_cookie: bool) -> Person:
    """The person. proof: a pass, for having typed the shared password in this session, or "";
    by_cookie: whether one that came as a cookie counts as well.

    Raises AccessError for whoever isn't let in, AccessConfigError, StoreError when that can't be
    looked up.
    """
    rules = services.app().access()
    if rules.mode == "local":
        return LOCAL
    if rules.mode == "password":
        if not _knows_password(proof, by_cookie=by_cookie):
            raise AccessError("access_sign_in")
        return shared(rules.role)
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        raise AccessError("access_sign_in")
    return services.app().people().admit(claims, rules)


def asked_again(*, proof: str, by_cookie: bool) -> Callable[[], Person]:
    """What finds out the same later, outside of every run: whoever was let in then may have been
    switched off or signed out since. Raises as `identify` does; so does what it gives."""
    rules, owner = services.app().access(), identify(proof=proof, by_cookie=by_cookie).owner
    claims = st.user.to_dict() if rules.mode == "oidc" else {}
    given = st.context.cookies.get(COOKIE) if rules.mode == "password" and by_cookie else None

    def again() -> Person:
        if rules.mode == "local":
            return LOCAL
        if rules.mode == "password":
            if not any(services.app().passes().holds(each) for each in (proof, given) if each):
                raise AccessError("access_sign_in")
            return shared(rules.role)
        person = services.app().people().admit(claims, rules)
        if person.owner != owner:
            raise AccessError("access_sign_in")
        return person

    return again


def permits(person: Person, endpoint: Endpoint) -> bool:
    """Whether an endpoint that somebody typed in is still theirs: a role may have been taken
    away since. A name may lead anywhere, so what was typed without the limit goes as well."""
    policy = own_policy(person)
    return policy == "any" or (policy == "public" and endpoint.public_only)


def _knows_password(proof: str, *, by_cookie: bool) -> bool:
    """Looked at in each run: a pass ends while somebody is there."""
    if proof and services.app().passes().holds(proof):
        return True
    given = st.context.cookies.get(COOKIE) if by_cookie else None
    return isinstance(given, str) and services.app().passes().holds(given)


def own_policy(person: Person) -> OwnPolicy:
    """Where endpoints may lead that this person types in: into private networks in local mode or
    by admins only."""
    if not person.may_ask:
        return "none"
    wished = services.app().settings().own_endpoints
    alone = services.app().access().mode == "local" or person.is_admin
    return "public" if wished == "any" and not alone else wished
