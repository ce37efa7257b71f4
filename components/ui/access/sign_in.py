"""Signing in and out: what is drawn instead of a page, and what stands beside one."""

import streamlit as st

from components import services
from components.access.errors import AccessError
from components.access.passes import VALID
from components.access.person import Person
from components.errors import AppError
from components.text import escape_markdown
from components.ui.access.current_user import identify, permits
from components.ui.app import errors, language, unsent
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.server.door.sockets import HEADER, SOCKETS
from components.ui.streamlit_seam.session import Errand, current_session, forget, put, value

# Another account may be let in where this one isn't.
_OTHER = {
    "access_off",
    "access_not_allowed",
    "access_unverified",
    "access_no_address",
    "access_no_identity",
}


def settle() -> Person | AppError:
    """The person of this run, or why there is none. Whoever comes after another finds nothing of
    theirs in the session."""
    session = current_session()
    try:
        person = identify(proof=session.proof, by_cookie=not session.signed_out)
    except AppError as error:
        # A database that is busy for a moment costs nobody their draft.
        if session.was is not None and isinstance(error, AccessError):
            forget()
        return error
    if session.was not in (None, person.owner):
        forget()
    current_session().was = person.owner
    chat = current_session().chat
    chat.own = [own for own in chat.own if permits(person, own.endpoint)]
    return person


def for_browser(who: Person | AppError) -> dict[str, str]:
    """What the browser is to do about signing in; see look.js. address: "keep" the one that was
    asked for over the way to the provider and back, which ends at the start page, "go" there,
    or "drop" it."""
    errand = current_session().errand
    asked = {"errand": errand.id, "ticket": errand.ticket} if errand else {}
    return asked | {"address": _address(who)}


def _address(who: Person | AppError) -> str:
    if isinstance(who, Person):
        return "go" if services.app().access().mode == "oidc" else ""
    if not isinstance(who, AccessError) or services.app().access().mode != "oidc":
        return ""
    if current_session().signed_out:
        return "drop"
    # Whoever has signed in and isn't let in has the address in the bar: nothing leads away from it.
    return "" if who.code in _OTHER else "keep"


def show(problem: AppError) -> None:
    """The sign-in page, or a plain sentence."""
    with st.container(key="sign_in", width=420, gap="medium"):
        st.title(text("access.sign_in.title"), anchor=False)
        said = current_session().error or problem
        current_session().error = None
        if said.code != "access_sign_in":
            errors.show(said)
        if isinstance(problem, AccessError):
            _way_in(problem)
        language.switch()


def _way_in(problem: AccessError) -> None:
    if services.app().access().mode == "password":
        _password()
    elif problem.code in _OTHER:
        st.button(text("access.sign_in.other"), key="sign_out", on_click=st.logout)
    else:
        _providers()


@block("sidebar.person")
def beside(person: Person) -> None:
    """In the sidebar: who one is, and out again. Nothing where there is one person only."""
    mode = services.app().access().mode
    if mode == "local":
        return
    with st.sidebar, st.container(key="who", gap="xsmall"):
        name = text("access.sign_in.shared") if mode == "password" else person.name or person.email
        st.caption(f":material/person: {escape_markdown(name)}")
        if mode == "password":
            st.caption(f":material/group: {text('access.sign_in.common_short')}")
        if not person.may_ask:
            st.caption(f":material/visibility: {text('access.sign_in.viewer')}")
        st.button(text("access.sign_in.out"), key="sign_out", type="tertiary", on_click=_sign_out)


def _password() -> None:
    st.caption(text("access.sign_in.common"))
    with st.form("login", border=False):
        st.text_input(
            text("access.sign_in.password"),
            key="login_password",
            type="password",
            autocomplete="current-password",
        )
        st.form_submit_button(
            text("access.sign_in.go"), key="login", type="primary", on_click=_typed
        )
    st.caption(text("access.sign_in.again", hours=VALID // 3600))


def _typed() -> None:
    typed = str(value("login_password") or "")
    put("login_password", "")
    if not typed:
        return
    try:
        services.app().password_gate().check(typed, st.context.ip_address)
    except AppError as error:
        current_session().error = error
        return
    current_session().proof = services.app().passes().issue()
    current_session().errand = Errand(services.app().passes().ticket())
    SOCKETS.signed_in(st.context.headers.get(HEADER))


def _providers() -> None:
    """A button for each; a click goes to the provider's page."""
    for name in services.app().access().providers:
        label = text("access.sign_in.with", provider=name) if name else text("access.sign_in.go")
        st.button(
            label,
            key=f"sign_in-{name}" if name else "sign_in_go",
            type="primary",
            on_click=st.login,
            args=(name,) if name else (),
        )


def _sign_out() -> None:
    """With OIDC every sign-in so far ends, as a copy of the cookie would work on otherwise."""
    mode = services.app().access().mode
    unsent.let_go()
    if mode == "oidc":
        services.app().people().sign_out(current_session().owner)
        st.logout()
    forget()
    # The tab's connection was opened with the cookie, and keeps it although the browser doesn't.
    current_session().signed_out = True
    if mode == "password":
        current_session().errand = Errand()
