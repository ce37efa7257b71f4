"""DraftStore: what isn't asked yet, a part of Store."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from components.chat.store.drafts import DraftedImage
from components.chat.store.turns import NewImage


class DraftStore(Protocol):
    """Images of drafts: nobody but their owner sees them, and they go after some days."""

    def keep_draft(
        self,
        owner: str,
        draft_id: str,
        images: Sequence[DraftedImage],
        contents: Sequence[NewImage] = (),
    ) -> None:
        """These are its images from now on; bytes that nothing else of the owner's shows go.

        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        ...

    def draft(self, owner: str, draft_id: str) -> list[DraftedImage]:
        """Its images in order; none when the owner has none of that id."""
        ...

    def all_drafts(self, owner: str) -> list[DraftedImage]:
        """The images of all of the owner's drafts."""
        ...

    def purge_drafts(self, owner: str, older_than: timedelta) -> int:
        """Remove images of drafts that haven't changed for so long. How many."""
        ...

    def purge_all_drafts(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        ...
