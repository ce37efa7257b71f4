"""What a message and a session may hold in memory; see components.spending.uploads."""

from collections.abc import Iterable, Iterator, Sequence

from components.chat.draft import DraftImage
from components.spending.errors import UploadError
from components.spending.uploads import check_message, check_session
from components.ui.streamlit_seam.session import current_session

Files = Sequence[tuple[str, bytes]]  # names and contents


def fitting(
    files: Files, message: Sequence[DraftImage] | None = None
) -> tuple[list[tuple[str, bytes]], list[UploadError]]:
    """Those of `files` that there is room for, and why the others are left out.

    message: the images that the files are to join, None where they are no message's.
    """
    taken: list[tuple[str, bytes]] = []
    refused: list[UploadError] = []
    in_session = size_held()
    images, in_message = len(message or ()), _size(_contents(message or ()))
    for name, content in files:
        size = len(content)
        try:
            if message is not None:
                check_message(name, images + len(taken) + 1, in_message + size)
            check_session(name, in_session + size)
        except UploadError as error:
            refused.append(error)
            continue
        taken.append((name, content))
        in_session, in_message = in_session + size, in_message + size
    return taken, refused


def size_held() -> int:
    """Bytes of all that this session keeps in memory."""
    return _size(_held())


def _held() -> Iterator[bytes]:
    session = current_session()
    drafts = [*session.chat.draft, *session.compare.images]
    if session.chat.sent:
        drafts += session.chat.sent[1]
    yield from _contents(drafts)
    yield from (refused.content for refused in session.chat.refused if refused.content)
    yield from (content for _, content in session.cases.files)
    yield from (document.pdf.content for document in session.chat.pdfs)


def _contents(images: Iterable[DraftImage]) -> Iterator[bytes]:
    return (image.content for image in images if image.content)


def _size(contents: Iterable[bytes]) -> int:
    """Each object once: a picture in two places lies in memory once."""
    return sum({id(content): len(content) for content in contents}.values())
