"""The admins' page: who has signed in, their roles, switching off, signing out."""

import streamlit as st

from components import services
from components.access.admission import role_of
from components.access.person import ROLES, Role
from components.access.store import KeptPerson
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.errors import show as show_error
from components.ui.app.language import counted, text
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import when

_MOST = 50  # rows at once; the others are found by name
_BY_SETTINGS = "settings"


def show() -> None:
    session = current_session()
    session.person.must_be_admin()
    st.title(text("access.people.title"), anchor=False)
    st.caption(text("access.people.about"))
    if session.error:
        show_error(session.error)
        session.error = None
    _people()


@block("people.list", main=True)
def _people() -> None:
    session = current_session()
    everybody = services.app().people().all()
    sought = ""
    if len(everybody) > 10:
        sought = st.text_input(text("access.people.filter"), key="people_filter")
    found = [one for one in everybody if sought.lower() in f"{one.name} {one.email}".lower()]
    st.caption(counted("access.people.count", len(found)) if found else text("access.people.none"))
    for one in found[:_MOST]:
        _row(one, is_me=one.owner == session.owner)


@block("people.row")
def _row(one: KeptPerson, *, is_me: bool) -> None:
    named = one.email in services.app().access().admins
    with st.container(border=True, key=f"person-{one.owner}", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(_name(one, is_me=is_me), width="stretch")
            if not is_me:
                st.button(
                    text("access.people.on" if one.off else "access.people.off"),
                    key=f"person-off-{one.owner}",
                    on_click=_switch,
                    args=(one.owner, not one.off),
                )
            st.button(
                text("access.people.sign_out"),
                key=f"person-out-{one.owner}",
                type="tertiary",
                on_click=_sign_out,
                args=(one.owner,),
            )
        st.caption(
            text(
                "access.people.seen",
                time=when.minute(one.last_seen),
                first=when.minute(one.first_seen),
            )
        )
        if named:
            st.caption(text("access.people.named"))
        elif not is_me:
            _role(one)


def _name(one: KeptPerson, *, is_me: bool) -> str:
    parts = [f"**{escape_markdown(one.name or one.email or one.owner)}**"]
    if one.email and one.email != one.name:
        parts.append(escape_markdown(one.email))
    if is_me:
        parts.append(text("access.people.you"))
    if one.off:
        parts.append(f":material/block: {text('access.people.is_off')}")
    return " · ".join(parts)


def _role(one: KeptPerson) -> None:
    key = f"person-role-{one.owner}"
    choices = (_BY_SETTINGS, *ROLES)
    of_settings = text(f"access.role.{role_of(one.email, services.app().access())}")
    st.selectbox(
        text("access.people.role"),
        choices,
        index=choices.index(one.role or _BY_SETTINGS),
        key=key,
        format_func=lambda role: (
            text("access.role.settings", role=of_settings)
            if role == _BY_SETTINGS
            else text(f"access.role.{role}")
        ),
        label_visibility="collapsed",
        on_change=_give_role,
        args=(one.owner, key),
    )


@shown
def _give_role(owner: str, key: str) -> None:
    _must_be_another(owner)
    chosen = value(key)
    role: Role | None = next((each for each in ROLES if each == chosen), None)
    services.app().people().give_role(owner, role)


@shown
def _switch(owner: str, off: bool) -> None:
    _must_be_another(owner)
    services.app().people().switch(owner, off=off)


@shown
def _sign_out(owner: str) -> None:
    current_session().person.must_be_admin()
    services.app().people().sign_out(owner)


def _must_be_another(owner: str) -> None:
    """An admin, and not about oneself: whoever is last would lock everybody out."""
    person = current_session().person
    person.must_be_admin()
    if owner == person.owner:
        raise ValueError("nobody changes their own access")
