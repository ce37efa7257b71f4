"""Whether an endpoint that was typed in answers, and which models it has."""

import time
import weakref
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import streamlit as st

from components import services
from components.access.errors import AccessError
from components.errors import ProviderError
from components.models import leaving_last, offered
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint, is_local
from components.providers.own import OwnEndpoint, OwnEndpointError, model_names, own_endpoint
from components.providers.registry import client_for
from components.runner.runner import Runner
from components.services.model_lists import LIST_TIMEOUT
from components.text import escape_markdown
from components.ui.access.current_user import own_policy
from components.ui.app.language import text
from components.ui.chat.model_picker import id_of
from components.ui.chat.state import OwnTold
from components.ui.streamlit_seam.session import breathe, current_session

LOOK = 0.1  # seconds between two points at which a test may be ended
# It answered, only not with a list: names of models that were typed can be tried.
_NO_LIST = {"wrong_url", "not_api", "bad_json", "error_200", "bad_request", "upstream"}


def tested(url: str, key: str, written: str) -> OwnTold:
    """Ask what was typed for its models, and keep it if it has any."""
    session = current_session()
    taken = [
        each.name for each in (*services.app().endpoints(), *(o.endpoint for o in session.chat.own))
    ]
    try:
        session.person.must_ask()
        public_only = own_policy(session.person) == "public"
        endpoint = own_endpoint(url, key, taken, public_only=public_only)
    except (AccessError, OwnEndpointError) as error:
        return OwnTold("", error)
    client = client_for(endpoint)
    own = OwnEndpoint(endpoint, (), client)
    weakref.finalize(own, _close, services.app().runner(), client).atexit = False
    began = time.monotonic()
    told = OwnTold(endpoint.host, plain_http=_unencrypted(endpoint))
    names = model_names(written)
    host = escape_markdown(endpoint.host)
    with st.spinner(text("ui.endpoints.testing", host=host), show_time=True):
        try:
            found = _wait(services.app().runner().begin(client.list_models), endpoint)
            own.ends = getattr(found, "ends", {})
            listed = offered(found, own.ends)
        except ProviderError as error:
            listed, told.listed = (), False
            if not names or error.code not in _NO_LIST:
                told.error = error
                return told
    told.seconds = time.monotonic() - began
    told.models = own.models = leaving_last(dict.fromkeys((*names, *listed)), own.ends)
    told.listed = bool(listed)
    if not told.models:
        told.error = OwnEndpointError("own_lists_nothing", host=endpoint.host)
        return told
    session.chat.own.append(own)
    session.chat.choice = id_of(endpoint.name, own.models[0])
    told.clear = True
    return told


def _wait(asked: Future[list[str]], endpoint: Endpoint) -> list[str]:
    """The answer, unless it takes too long or the person does something else meanwhile."""
    until = time.monotonic() + LIST_TIMEOUT
    try:
        while time.monotonic() < until:
            with suppress(TimeoutError):
                return asked.result(LOOK)
            breathe()
    finally:
        asked.cancel()
    raise ProviderError("timeout", host=endpoint.host, model="", seconds=round(LIST_TIMEOUT))


def _unencrypted(endpoint: Endpoint) -> bool:
    return endpoint.base_url.lower().startswith("http:") and not is_local(endpoint)


def _close(runner: Runner, client: VisionClient) -> None:
    """When nobody has the endpoint any more: connections are closed on the loop they live on."""
    closing: Coroutine[Any, Any, None] = client.close()
    try:
        runner.begin(lambda: closing)
    except RuntimeError:  # the server is stopping, and the loop has ended
        closing.close()
