"""The window in which links to one thing are made, listed and withdrawn."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import streamlit as st

from components import services
from components.errors import AppError
from components.sharing.making import DEFAULT_DAYS, MAX_DAYS, share_it
from components.sharing.reach import reach
from components.sharing.store import Kind, Share
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.app.navigation import SHARED
from components.ui.history import team
from components.ui.streamlit_seam.session import Sharing, current_session, value
from components.ui.widgets import copy_button, when


def button(kind: Kind, target_id: str, key: str, label: str = "", *, short: bool = False) -> None:
    """Opens the window, which `dialog` draws. Not there for those who only read."""
    if not current_session().person.may_ask:
        return
    st.button(
        "" if short else label or text("sharing.make.title"),
        key=key,
        icon=":material/share:",
        type="tertiary",
        help=text("sharing.make.title") if short else None,
        on_click=open_for,
        args=(kind, target_id),
    )


@block("chat.shared")
def state(conversation_id: str) -> None:
    """The button of a conversation; where others can read it already, it says so."""
    session, store = current_session(), services.app().store()
    said = [text("sharing.make.title")]
    if links := len(store.shares.open_ones(session.owner, "conversation", conversation_id)):
        said.append(counted("sharing.make.open_links", links))
    if team.offered() and store.shares.team_reads(session.owner, conversation_id):
        said.append(text("sharing.team.on"))
    with st.container(key="shared" if len(said) > 1 else "not_shared", width="content"):
        button("conversation", conversation_id, "share", " · ".join(said))


def who_reads() -> None:
    """Who can read conversations without any link."""
    st.caption(f":material/lock: {text(f'ui.chat.who_reads.{services.app().access().mode}')}")


def open_for(kind: Kind, target_id: str) -> None:
    current_session().sharing = Sharing(kind, target_id)


@block("sharing")
def dialog() -> None:
    """Draw the window until it is closed, on the page where it was asked for. Once a run:
    Streamlit takes one window."""
    session = current_session()
    if session.arrived:
        session.sharing = None
    if session.sharing is None:
        return

    @st.dialog(text("sharing.make.title"), on_dismiss=_close)
    def window() -> None:
        try:
            _draw()
        except AppError as error:
            errors.show(error)

    window()


def _draw() -> None:
    about = current_session().sharing
    if about is None:
        return
    st.caption(text(f"sharing.make.about_{about.kind}"))
    if about.kind == "conversation":
        who_reads()
    host = urlsplit(st.context.url or "").hostname
    if host and (who := reach(host)) != "everybody":
        with st.container(key="share_reach"):
            st.warning(text(f"sharing.make.reach_{who}"), icon=":material/wifi_off:")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input(
            text("sharing.make.days"), 1, MAX_DAYS, DEFAULT_DAYS, key="share_days", width=160
        )
        st.toggle(text("sharing.make.costs"), key="share_costs")
        st.toggle(text("sharing.make.names"), key="share_names")
    st.button(
        text("sharing.make.make"),
        key="share_make",
        icon=":material/add_link:",
        type="primary",
        on_click=_make,
    )
    if about.error:
        errors.show(about.error)
    if about.made:
        with st.container(key="share_link", gap="xsmall"):
            st.code(about.made, language=None, wrap_lines=True)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                copy_button.show(
                    about.made, "share_copy", text("sharing.make.copy"), icon="link", at_once=True
                )
                st.caption(text("sharing.make.made"))
    _running(about)
    if about.kind == "conversation":
        team.switch(about.target_id)


def _running(about: Sharing) -> None:
    found = (
        services.app()
        .store()
        .shares.open_ones(current_session().owner, about.kind, about.target_id)
    )
    st.caption(f"**{text('sharing.make.running')}**")
    if not found:
        st.caption(text("sharing.make.none"))
    for number, share in enumerate(found):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_told(share), width="stretch")
            st.button(
                text("sharing.make.revoke"),
                key="share_revoke" if number == 0 else f"share_revoke-{share.id}",
                icon=":material/link_off:",
                type="tertiary",
                on_click=_revoke,
                args=(share.id,),
            )


def _told(share: Share) -> str:
    parts = [text("sharing.make.until", day=when.day(share.ends_at))]
    parts += [text(f"sharing.make.with_{name}") for name in ("costs", "names") if _has(share, name)]
    return " · ".join(parts)


def _has(share: Share, name: str) -> bool:
    return share.with_costs if name == "costs" else share.with_names


def _close() -> None:
    current_session().sharing = None


def _make() -> None:
    session = current_session()
    about = session.sharing
    if about is None:
        return
    try:
        session.person.must_ask()
        _, token = share_it(
            services.app().store().shares,
            session.owner,
            about.kind,
            about.target_id,
            datetime.now(UTC),
            days=int(str(value("share_days") or 0)),
            with_costs=bool(value("share_costs")),
            with_names=bool(value("share_names")),
            person=team.name_of(session.person),
        )
    except Exception as error:
        session.sharing = Sharing(about.kind, about.target_id, error=errors.unexpected(error))
        return
    session.sharing = Sharing(about.kind, about.target_id, made=_link(token))


def _revoke(share_id: str) -> None:
    session = current_session()
    about = session.sharing
    if about is None:
        return
    try:
        services.app().store().shares.revoke(session.owner, share_id)
        session.sharing = Sharing(about.kind, about.target_id)
    except Exception as error:
        session.sharing = Sharing(about.kind, about.target_id, error=errors.unexpected(error))


def _link(token: str) -> str:
    """By the address that the person came to; the fragment's run knows it as well."""
    page = urlsplit(st.context.url or "")
    return f"{page.scheme}://{page.netloc}{SHARED}?t={token}"
