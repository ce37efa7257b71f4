"""A first visit without a model: said before anything is sent, with three ways on."""

from collections.abc import Callable
from urllib.parse import urlsplit

import streamlit as st

from components import services
from components.providers.known_endpoints import KnownEndpoint, known_endpoints
from components.text import escape_markdown
from components.ui.access.current_user import own_policy
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.endpoint_probe import tested
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options


@block("chat.doors")
def show(take_sample: Callable[[], None]) -> None:
    """Draw them where nothing but the built-in reader answers. take_sample: puts one into the
    composer, with its question."""
    session = current_session()
    connected = any(each.kind != "builtin" for each in services.app().endpoints())
    if connected or session.chat.own or not session.person.may_ask:
        return
    policy = own_policy(session.person)
    with st.container(border=True, key="doors", gap="small"):
        st.markdown(f":material/info: {text('ui.doors.title')}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                text("ui.doors.try"),
                key="door_try",
                icon=":material/document_scanner:",
                type="secondary" if policy != "none" else "primary",
                on_click=take_sample,
            )
            if policy != "none":
                with st.popover(text("ui.doors.key"), icon=":material/key:", key="door_key_open"):
                    _key()
            if policy == "any":
                with st.popover(
                    text("ui.doors.server"), icon=":material/computer:", key="door_server_open"
                ):
                    _server()


def _key() -> None:
    """A key, for the service that is chosen."""
    offered = {each.id: each for each in _services()}
    labels = options.distinct({each.id: each.name for each in offered.values()})
    st.caption(text("ui.doors.key_about"))
    with st.form("door_form", border=False):
        service = st.pills(
            text("ui.endpoints.known"),
            list(labels),
            key="door_service",
            default=next(iter(labels)),
            required=True,
            format_func=labels.__getitem__,
            label_visibility="collapsed",
        )
        st.text_input(
            text("ui.doors.key_label"),
            key="door_key",
            type="password",
            placeholder="sk-…",
            autocomplete="new-password",
        )
        asked = st.form_submit_button(
            text("ui.endpoints.connect"), key="door_connect", type="primary", width="stretch"
        )
    if asked:
        _connect("key", offered[str(service)].base_url, str(value("door_key") or ""))
    _problem("key")


def _services() -> list[KnownEndpoint]:
    """Those on the web whose address is the same for everybody."""
    found = [each for each in known_endpoints() if each.public]
    return [each for each in found if each.base_url == each.base_url.lower()]


def _server() -> None:
    """Programs on this machine, asked as soon as one is chosen."""
    st.caption(text("ui.doors.server_about"))
    for each in known_endpoints():
        if each.public:
            continue
        at = escape_markdown(urlsplit(each.base_url).netloc)
        chosen = st.button(
            f"{escape_markdown(each.name)} :gray[:small[{at}]]",
            key=f"door_server-{each.id}",
            type="tertiary",
            width="stretch",
        )
        if chosen:
            _connect("server", each.base_url, "")
    _problem("server")


def _problem(door: str) -> None:
    """Why its last test failed; in a fixed slot, as the rest stays where it is."""
    place, told = st.empty(), current_session().chat.door_error
    if told and told[0] == door:
        with place.container():
            errors.show(told[1])


def _connect(door: str, url: str, key: str) -> None:
    session = current_session()
    told = tested(url, key, "")
    session.chat.door_error = (door, told.error) if told.error else None
    if told.error is None:
        host, model = escape_markdown(told.host), escape_markdown(told.models[0])
        st.toast(text("ui.doors.connected", host=host, model=model), icon=":material/check:")
    st.rerun()
