"""Sessions as Streamlit's server keeps them: of open tabs, and of those that were left."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

_FAMILY = "active_sessions"


def exists() -> bool:
    """Whether there is a server; a simulated page has none."""
    return runtime.exists()


def open_sessions() -> int:
    """Tabs with a connection; 0 outside of the server."""
    if not exists():
        return 0
    found = runtime.get_instance().stats_mgr.get_stats([_FAMILY])
    return sum(int(getattr(stat, "value", 0)) for stat in found.get(_FAMILY, ()))


def own_id() -> str | None:
    """Id of the session whose run this is; None outside of a run."""
    run = get_script_run_ctx(suppress_warning=True)
    return run.session_id if run else None


def went_back() -> bool:
    """Whether the browser's Back or Forward led to this run."""
    run = get_script_run_ctx(suppress_warning=True)
    return bool(getattr(run, "is_history_navigation", False))


def asked_page() -> str | None:
    """The name in the address that led to this run, "" at the start page; None where a page that is
    open is drawn anew."""
    run = get_script_run_ctx(suppress_warning=True)
    pages = getattr(run, "pages_manager", None)
    if pages is None or pages.intended_page_script_hash:
        return None
    return pages.intended_page_name or ""


def is_open(session_id: str) -> bool:
    """Whether its tab is still there."""
    return _session(session_id) is not None


def cookies_of(session_id: str) -> Mapping[str, str] | None:
    """That its tab came with; None where no such tab is open."""
    client = runtime.get_instance().get_client(session_id)
    if client is None:
        return None
    return client.client_context.cookies if client.client_context else {}


def run_again(session_id: str) -> None:
    """Draw its tab anew, unless a run is under way."""
    session = _session(session_id)
    with suppress(AttributeError, RuntimeError):
        session._event_loop.call_soon_threadsafe(_run, session)


def let_go_of_left() -> None:
    """Sessions that nobody comes back to end now: Streamlit looks for them when somebody else
    leaves."""
    with suppress(AttributeError, RuntimeError):  # of another release; a server that ends
        runtime.get_instance()._session_mgr._session_storage.list()  # type: ignore[attr-defined]


def _session(session_id: str) -> Any:
    """A tab's, None where it is closed; also of another release of Streamlit, or of a server that
    ends."""
    try:
        found = runtime.get_instance()._session_mgr.get_active_session_info(session_id)
        return found.session if found else None
    except (AttributeError, RuntimeError):
        return None


def _run(session: object) -> None:
    """In the server's loop, so that nothing comes in between: what a person does goes first."""
    if getattr(session, "_scriptrunner", True) is None:
        session.request_rerun(session._client_state)  # type: ignore[attr-defined]
