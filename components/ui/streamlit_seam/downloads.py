"""Files that are made after a click, outside of every run: for whom, and what is said if not."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.proto.ForwardMsg_pb2 import (
    BackendOperationResponse,
    DeferredFileResponsePayload,
)
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from components.access.person import Person
from components.i18n.sentence import joined, sentence
from components.ui.app import errors
from components.ui.streamlit_seam.session import current_session

T = TypeVar("T")


def checked(still_there: Callable[[], Person], make: Callable[[], T]) -> Callable[[], T]:
    """`make`, for as long as whoever's page it stands on is let in. What it raises is an AppError,
    with its sentence in the page's language as a note."""
    lang = current_session().lang

    def made() -> T:
        try:
            still_there()
            return make()
        except Exception as error:
            known = errors.unexpected(error)
            known.add_note(joined(*sentence(lang, known.code, known.data)))
            raise known from error.__cause__

    return made


async def _handle(
    self: DeferredFileHandler, request: BackendOperationRequest, session_id: str
) -> BackendOperationResponse:
    """As Streamlit's own, but what went wrong is said instead of that something did."""
    manager = self._get_media_file_mgr()
    try:
        url = await asyncio.to_thread(manager.execute_deferred, request.deferred_file.file_id)
    except Exception as error:
        notes = getattr(error.__cause__, "__notes__", None)
        said = notes[-1] if notes else "Failed to generate file for download"
        return BackendOperationResponse(request_id=request.request_id, error_msg=said)
    made = DeferredFileResponsePayload(url=url)
    return BackendOperationResponse(request_id=request.request_id, deferred_file=made)


def install() -> None:
    """Once per process."""
    DeferredFileHandler.handle = _handle  # type: ignore[method-assign]
