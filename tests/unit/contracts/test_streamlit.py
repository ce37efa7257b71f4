"""What the app leans on inside Streamlit and says nowhere in its documentation: where one of these
fails after an upgrade, docs/upgrading.md says what it breaks and where to look."""

import inspect
import re
import threading
from pathlib import Path

import pytest
import streamlit
from streamlit import config
from streamlit.dataframe_util import is_dataframe_like
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.backend_operation_handler import DeferredFileHandler
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_server_config import WEBSOCKET_MAX_SEND_QUEUE_SIZE

from components.ui.chat.transcript import SHOWN
from components.ui.streamlit_seam import sessions
from components.ui.streamlit_seam.session import breathe
from components.ui.streamlit_seam.static_page import inline_script_hashes
from tests.support.paths import ROOT

STATIC = Path(streamlit.__file__).parent / "static"


def names_set_by(kind: type) -> set[str]:
    """Of the attributes that its `__init__` sets."""
    return set(re.findall(r"self\.(\w+)\b[^=\n]*= ", inspect.getsource(kind.__init__)))  # type: ignore[misc]


def parameters(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]


def test_a_tab_is_found_by_its_session_and_can_be_run_from_outside() -> None:
    """components/ui/streamlit_seam/sessions.py"""
    assert "_session_mgr" in names_set_by(Runtime)
    assert parameters(WebsocketSessionManager.get_active_session_info) == ["self", "session_id"]
    assert names_set_by(AppSession) >= {"_event_loop", "_client_state", "_scriptrunner"}
    assert parameters(AppSession.request_rerun)[:2] == ["self", "client_state"]


def test_sessions_that_were_left_are_let_go_by_listing_them() -> None:
    """components/ui/streamlit_seam/sessions.py, let_go_of_left"""
    assert "_session_storage" in names_set_by(WebsocketSessionManager)
    assert config.get_option("runner.postScriptGC") is False, "app.py collects by itself"


def test_open_tabs_are_counted_under_this_name() -> None:
    """components/ui/streamlit_seam/sessions.py"""
    assert sessions._FAMILY == ACTIVE_SESSIONS_FAMILY


def test_the_page_that_loads_streamlit_has_inline_scripts_that_a_policy_can_name() -> None:
    """components/ui/streamlit_seam/static_page.py"""
    index = (STATIC / "index.html").read_text("utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", index)
    assert inline
    assert len(inline_script_hashes(index)) == len(inline)


def test_ids_of_uploads_are_given_and_taken_by_session() -> None:
    """components/ui/streamlit_seam/uploaded_files.py"""
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    (given,) = manager.get_upload_urls("a session", ["a.png"])
    assert given.file_id in given.upload_url
    assert "a session" in given.upload_url
    manager.remove_session_files("a session")


def test_a_file_that_is_made_on_a_click_is_made_by_this_handler() -> None:
    """components/ui/streamlit_seam/downloads.py"""
    own = inspect.unwrap(DeferredFileHandler.handle)
    assert parameters(own) == ["self", "request", "session_id"]
    assert inspect.iscoroutinefunction(own)
    assert hasattr(DeferredFileHandler, "_get_media_file_mgr") or "_get_media_file_mgr" in (
        names_set_by(DeferredFileHandler)
    )
    assert parameters(MediaFileManager.execute_deferred)[:2] == ["self", "file_id"]


def test_a_tuple_is_told_to_the_browser_without_asking_whether_it_is_a_table() -> None:
    """components/ui/app/unsent.py, components/ui/streamlit_seam/drop_zone.py"""
    source = inspect.getsource(is_dataframe_like)
    assert "tuple" in source.partition("determine_data_format")[0]


def test_a_callback_runs_in_the_thread_of_its_script() -> None:
    """components/ui/streamlit_seam/render_scheduler.py: a turn is a thread's."""
    at = AppTest.from_string(
        "import threading\n"
        "import streamlit as st\n"
        "def clicked():\n"
        "    st.session_state['callback'] = threading.get_ident()\n"
        "st.button('go', key='go', on_click=clicked)\n"
        "st.session_state['script'] = threading.get_ident()\n"
    ).run()
    at.button(key="go").click().run()
    assert at.session_state["callback"] == at.session_state["script"] != threading.get_ident()


def test_a_look_into_the_session_is_a_point_at_which_a_run_can_end() -> None:
    """components/ui/streamlit_seam/session.py, breathe"""
    from streamlit.runtime.state.safe_session_state import SafeSessionState

    assert "st.session_state.get(" in inspect.getsource(breathe)
    assert "_yield_callback()" in inspect.getsource(SafeSessionState.__getitem__)


@pytest.mark.parametrize("suffix", ["js", "css"])
def test_the_names_that_our_scripts_and_styles_look_for_are_streamlits(suffix: str) -> None:
    """components/ui/assets and the assets of its rooms"""
    bundles = "".join(
        path.read_text("utf-8", "replace")
        for path in (STATIC / "static" / "js").glob("*.js")
        if path.stat().st_size < 6_000_000
    )
    ours = {
        name
        for path in (ROOT / "components" / "ui").rglob(f"assets/*.{suffix}")
        for name in re.findall(r"\bst[A-Z][A-Za-z]+\b", path.read_text("utf-8"))
    }
    assert ours
    assert {name for name in ours if name not in bundles} == set()


def test_a_browsers_queue_holds_more_elements_than_a_page_draws() -> None:
    """components/ui/chat/transcript.py, SHOWN: a page with more is cut off in the middle."""
    messages = SHOWN * 6  # a message is its text, its bill, its buttons and what holds them
    assert messages < WEBSOCKET_MAX_SEND_QUEUE_SIZE
