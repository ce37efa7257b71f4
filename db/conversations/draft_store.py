"""DraftStore: images of questions that aren't asked yet. SqlStore is one."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from components.chat.store import DraftedImage, NewImage
from db.conversations import drafts
from db.conversations.turns import keep_contents, stored_hashes
from db.engine.database import Database


class DraftStore:
    """Every query names its owner: an id of a draft is nothing in other hands."""

    database: Database
    _clock: Callable[[], datetime]

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
        hashes = {image.hash for image in images if image.hash is not None}
        now = self._clock()
        with self.database.write(owner) as connection:
            keep_contents(connection, owner, contents)
            if hashes and hashes - stored_hashes(connection, owner, list(hashes)):
                raise ValueError("an image of the draft has no bytes: pass them in contents")
            drafts.put(connection, owner, draft_id, images, now)

    def draft(self, owner: str, draft_id: str) -> list[DraftedImage]:
        """Its images in order; none when the owner has none of that id."""
        with self.database.read() as connection:
            return drafts.of(connection, owner, draft_id)

    def all_drafts(self, owner: str) -> list[DraftedImage]:
        """The images of all of the owner's drafts."""
        with self.database.read() as connection:
            return drafts.of(connection, owner)

    def purge_drafts(self, owner: str, older_than: timedelta) -> int:
        """Remove images of drafts that haven't changed for so long. How many."""
        until = self._clock() - older_than
        with self.database.write(owner) as connection:
            return drafts.purge(connection, owner, until)

    def purge_all_drafts(self, older_than: timedelta) -> int:
        """The same for everybody, each by themselves."""
        with self.database.read() as connection:
            owners = drafts.owners_with_old(connection, self._clock() - older_than)
        return sum(self.purge_drafts(owner, older_than) for owner in owners)
