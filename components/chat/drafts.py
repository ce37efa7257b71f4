"""Keeps the images of drafts in the store, behind the backs of those who write them."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock

from components.chat.draft import DraftImage
from components.chat.request import as_draft
from components.chat.store import (
    ConversationStore,
    DraftedImage,
    NewImage,
    StoredImage,
)
from components.chat.turn import new_images
from components.errors import AppError

_LONGEST = 10.0  # seconds that one waits for what is being kept

Fits = Callable[[str, Collection[tuple[str, int]]], bool]


class Drafts:
    """One per process; `close` ends it when all is kept. What the store refuses isn't kept: whoever
    needs it says that it is gone."""

    def __init__(self, store: ConversationStore, fits: Fits) -> None:
        """fits: whether an owner has room on disk for images (hash, bytes)."""
        self._store, self._fits = store, fits
        self._latest: dict[tuple[str, str], Sequence[DraftImage]] = {}
        self._lock = Lock()
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="tuwen-drafts")

    def keep(self, owner: str, draft_id: str, images: Sequence[DraftImage]) -> None:
        """These are all of it from now on. Returns at once."""
        with self._lock:
            waits = (owner, draft_id) in self._latest
            self._latest[owner, draft_id] = images
        if not waits:
            self._writer.submit(self._write, owner, draft_id)

    def of(self, owner: str, draft_id: str) -> list[DraftImage]:
        """What is kept of it; what can't be read any more is left out. Raises StoreError."""
        # In turn: what came before is written by then.
        rows = self._writer.submit(self._store.draft, owner, draft_id).result(_LONGEST)
        found = []
        for row in rows:
            with suppress(AppError):
                if image := as_draft(self._store, owner, _logged(row)):
                    found.append(image)
        return found

    def close(self) -> None:
        """Return when all is kept."""
        self._writer.shutdown()

    def _write(self, owner: str, draft_id: str) -> None:
        with self._lock:
            images = self._latest.pop((owner, draft_id))
        rows: list[DraftedImage] = []
        kept: list[NewImage] = []
        with suppress(AppError):
            for image in images:
                with_it = [*kept, *new_images([image])]
                if self._fits(owner, [(each.hash, len(each.content)) for each in with_it]):
                    rows.append(_drafted(image))
                    kept = with_it
            self._store.keep_draft(owner, draft_id, rows, kept)


def _drafted(image: DraftImage) -> DraftedImage:
    return DraftedImage(
        hash=image.digest,
        name=image.name,
        detail=image.detail,
        url=image.url,
        as_is=image.as_is,
        first_frame=image.first_frame,
    )


def _logged(row: DraftedImage) -> StoredImage:
    return StoredImage(
        hash=row.hash,
        name=row.name,
        detail=row.detail,
        width=None,
        height=None,
        original_width=None,
        original_height=None,
        tokens=None,
        url=row.url,
        as_is=row.as_is,
        first_frame=row.first_frame,
    )
