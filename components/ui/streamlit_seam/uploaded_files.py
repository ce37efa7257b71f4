"""Streamlit's manager of uploads: which ids it gives, and what it holds."""

from collections.abc import Callable, Sequence
from typing import Any

from streamlit import runtime


def watch(
    give: Callable[[str, Sequence[str]], None], forget: Callable[[str], None], most: int
) -> None:
    """give: called with a session's id and the ids that it gets, at most `most` at once; forget:
    with the id of one that has ended."""
    manager = _manager()
    urls, remove = manager.get_upload_urls, manager.remove_session_files

    def get_upload_urls(session_id: str, file_names: Sequence[str]) -> Any:
        given = urls(session_id, file_names[:most])
        give(session_id, [each.file_id for each in given])
        return given

    def remove_session_files(session_id: str) -> None:
        forget(session_id)
        remove(session_id)

    manager.get_upload_urls = get_upload_urls
    manager.remove_session_files = remove_session_files


def held(session_id: str) -> tuple[int, int]:
    """(of this session, of all): bytes."""
    manager = _manager()
    with manager._lock:
        files = manager.file_storage.get(session_id, {})
        return sum(len(each.data) for each in files.values()), int(manager._total_bytes)


def _manager() -> Any:
    return runtime.get_instance().uploaded_file_mgr
