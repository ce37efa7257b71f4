"""Who this run is for. No page is drawn and no callback works for anybody else."""

import streamlit as st

from components.access.errors import AccessError
from components.access.person import LOCAL, Person, shared
from components.ui import services
from components.ui.settings import OwnPolicy, access, settings


def identify(*, knows_password: bool) -> Person:
    """The person. knows_password: whether this visit has typed the shared password.

    Raises AccessError for whoever isn't let in, AccessConfigError, LogError when that can't be
    looked up.
    """
    rules = access()
    if rules.mode == "local":
        return LOCAL
    if rules.mode == "password":
        if not knows_password:
            raise AccessError("access_sign_in")
        return shared(rules.role)
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        raise AccessError("access_sign_in")
    return services.people().admit(claims, rules)


def own_policy(person: Person) -> OwnPolicy:
    """Where endpoints may lead that this person types in: into private networks in local mode or
    by admins only."""
    if not person.may_ask:
        return "none"
    wished = settings().own_endpoints
    alone = access().mode == "local" or person.is_admin
    return "public" if wished == "any" and not alone else wished
