"""The image tray: pictures are known to the server the moment they are dropped or pasted.

A chat input tells the server nothing before it is sent, so it can't show a price. What is pasted,
dropped or picked goes into the session at once, where it outlives a change of page.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from components.chat.draft import DraftImage, take_in, take_url
from components.errors import ImageError
from components.images.pool import shared_pool
from components.ui.chat.attachments import pdfs
from components.ui.chat.state import Refused
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session
from components.ui.usage import quota


def drop_target() -> None:
    """Takes what is dropped, pasted or picked, and shows it at once."""
    drop_zone.bar("image_tray", "ui.tray", _uploaded, bare=True)


def add(files: list[tuple[str, bytes]], *, first_frame: bool = False) -> None:
    """Put files into the draft; those that can't be used are named, the others stay."""
    session = current_session()
    session.person.must_ask()
    files, too_much = quota.fitting(files, session.chat.draft)
    session.chat.refused += [Refused(error) for error in too_much]
    looked: list[tuple[bytes, Future[DraftImage]]] = [
        (content, shared_pool().run(take_in, content, name, first_frame=first_frame))
        for name, content in files
    ]
    for content, future in looked:
        try:
            session.chat.draft.append(future.result())
        except ImageError as error:
            kept = content if error.code == "image_animated" else None
            session.chat.refused.append(Refused(error, kept))


def add_url(url: str) -> None:
    """Put an image that the endpoint downloads itself into the draft."""
    session = current_session()
    session.person.must_ask()
    session.chat.draft.append(take_url(url))


def remove(image_id: str) -> None:
    session = current_session()
    session.chat.draft = [image for image in session.chat.draft if image.id != image_id]


def move(image_id: str, step: int) -> None:
    """One place on (step 1) or back (-1)."""
    ids = [image.id for image in current_session().chat.draft]
    if image_id in ids:
        at = ids.index(image_id)
        ids.insert(max(0, at + step), ids.pop(at))
        order(ids)


def order(ids: Sequence[str]) -> None:
    """Sort the draft by these ids; an image that isn't among them stays behind the others."""
    places = {image_id: n for n, image_id in enumerate(ids)}
    session = current_session()
    session.chat.draft = sorted(session.chat.draft, key=lambda i: places.get(i.id, len(places)))


def change(image_id: str, **changes: object) -> None:
    """Replace fields of one draft image (detail, as_is)."""
    session = current_session()
    session.chat.draft = [
        replace(i, **changes) if i.id == image_id else i  # type: ignore[arg-type]
        for i in session.chat.draft
    ]


def dismiss() -> None:
    """Take the refusals away."""
    current_session().chat.refused = []
    current_session().gone.pop("chat", None)


def take_first_frame(position: int) -> None:
    """Take a refused animation after all, its first frame."""
    refused = current_session().chat.refused.pop(position)
    if refused.content is not None:
        add([(str(refused.error.data["name"]), refused.content)], first_frame=True)


def _uploaded(files: drop_zone.Files, goes_on: bool) -> None:
    if not goes_on:
        current_session().chat.refused = []
    add(pdfs.take_in(files))
