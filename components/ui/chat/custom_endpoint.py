"""Endpoints typed in for this session: address and key live in the session and nowhere else.

The process-wide clients and lists of components.services know endpoints by name, so what is typed
here
never goes there: each own endpoint brings its client along, and both end with the session.
"""

from collections.abc import Callable

import streamlit as st

from components import services
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.providers.known_endpoints import known_endpoints
from components.providers.own import OwnEndpointError
from components.text import escape_markdown
from components.ui.access.current_user import own_policy, permits
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat.endpoint_probe import tested
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options
from components.ui.widgets.money import seconds

SHOWN = 4  # names of models in one line


def client_of(target: Endpoint) -> Callable[[], VisionClient]:
    """What gives the endpoint's client on the runner's loop, which knows no session."""
    own = next((each for each in current_session().chat.own if each.endpoint is target), None)
    if own is not None:
        if not permits(current_session().person, target):
            raise OwnEndpointError("own_private")  # typed before a role was taken away
        return lambda: own.client
    if target.own:
        raise OwnEndpointError("own_base_url")
    return lambda: services.app().client(target)


@block("chat.endpoint")
def section() -> None:
    """The last entry of the list of models, and what is behind it."""
    policy = own_policy(current_session().person)
    if policy == "none":
        return
    with st.expander(text("ui.endpoints.add"), icon=":material/add_link:", key="own_endpoint"):
        _cleared()
        _known(everywhere=policy == "any")
        _form()
        # Fixed slots: what a run leaves out would stay on the screen until an answer ends.
        told, mine = st.empty(), st.empty()
        with told.container():
            _told()
        with mine.container():
            _list()


def _known(*, everywhere: bool) -> None:
    """Addresses to begin with, those of programs on this machine where they can be reached."""
    offered = [each for each in known_endpoints() if everywhere or each.public]
    labels = options.distinct({each.id: each.name for each in offered})
    st.pills(
        text("ui.endpoints.known"),
        list(labels),
        key="own_known",
        format_func=labels.__getitem__,
        on_change=_begin_with,
        label_visibility="collapsed",
    )


def _begin_with() -> None:
    chosen = next((each for each in known_endpoints() if each.id == value("own_known")), None)
    if chosen:
        put("own_url", chosen.base_url)


def _cleared() -> None:
    """What was typed has done its work: the fields are empty again."""
    if (told := current_session().chat.own_told) and told.clear:
        told.clear = False
        for key in ("own_url", "own_key", "own_models"):
            put(key, "")
        put("own_known", None)


def _form() -> None:
    with st.form("own_form", border=False):
        st.text_input(
            text("ui.endpoints.url"),
            key="own_url",
            placeholder="https://host/v1",
            autocomplete="off",
        )
        st.text_input(
            text("ui.endpoints.key"),
            key="own_key",
            type="password",
            placeholder=text("ui.endpoints.key_hint"),
            autocomplete="new-password",
        )
        st.text_input(
            text("ui.endpoints.models"),
            key="own_models",
            placeholder=text("ui.endpoints.models_hint"),
            autocomplete="off",
        )
        asked = st.form_submit_button(
            text("ui.endpoints.connect"), key="own_test", type="primary", width="stretch"
        )
    st.caption(text("ui.endpoints.about"))
    if asked:
        current_session().chat.own_told = None
        current_session().chat.own_told = tested(
            _typed("own_url"), _typed("own_key"), _typed("own_models")
        )
        st.rerun()


def _typed(key: str) -> str:
    return str(value(key) or "")


def _told() -> None:
    """What came of the last test, in plain words."""
    told = current_session().chat.own_told
    if told is None:
        return
    if told.error is not None:
        errors.show(told.error)
        return
    some = ", ".join(escape_markdown(name) for name in told.models[:SHOWN])
    if (more := len(told.models) - SHOWN) > 0:
        some = text("ui.endpoints.more", some=some, n=more)
    host = escape_markdown(told.host)
    if told.listed:
        took = seconds(ms) if (ms := round(told.seconds * 1000)) >= 1000 else f"{ms} ms"
        st.success(counted("ui.endpoints.ok", len(told.models), host=host, seconds=took, some=some))
    else:
        st.success(text("ui.endpoints.unlisted", host=host, some=some))
    if told.plain_http:
        st.warning(text("ui.endpoints.plain_http"), icon=":material/lock_open:")


def _list() -> None:
    """The endpoints of this session, each removed with one click."""
    session = current_session()
    if not session.chat.own:
        return
    st.markdown(f"**{text('ui.endpoints.yours')}**")
    for number, own in enumerate(session.chat.own):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            how_many = counted("ui.endpoints.models_of", len(own.models))
            st.markdown(f"{escape_markdown(own.endpoint.name)}  \n:small[{how_many}]")
            st.button(
                text("ui.endpoints.remove"),
                key=f"own-remove-{number}",
                type="tertiary",
                on_click=_remove,
                args=(own.endpoint.name,),
            )


def _remove(name: str) -> None:
    """Forget it. A running answer keeps the client until it has ended."""
    session = current_session()
    session.chat.own = [own for own in session.chat.own if own.endpoint.name != name]
    session.chat.own_told = None
