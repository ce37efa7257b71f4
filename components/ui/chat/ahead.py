"""A question asked ahead of the page's script: drawing takes its time, and what the next Enter
sends is known once the page is drawn."""

import threading
from collections.abc import Callable, Sequence

from components.access.person import Person
from components.chat.draft import DraftImage
from components.chat.running.job import Job
from components.ui.chat.sending import Sender
from components.ui.streamlit_seam.render_scheduler import AHEAD, RENDERS


class Ahead:
    """What is sent at Enter, as the page was last drawn. Asks once at most: for the browser's
    request, or not at all once the script has begun and has asked for the outcome."""

    def __init__(
        self,
        sender: Sender,
        conversation_id: str | None,
        leaf: str | None,
        images: Sequence[DraftImage],
        begun: Callable[[Job], None],
    ) -> None:
        """begun: told of the job that was asked, in the thread that asked."""
        self.conversation_id, self.typed = conversation_id, ""
        self._sender, self._leaf, self._images = sender, leaf, tuple(images)
        self._begun = begun
        self._lock, self._closed = threading.Lock(), False
        self._outcome: Job | Exception | None = None

    def ask(self, person: Person, conversation_id: str | None, typed: str) -> None:
        """Send it. conversation_id: what the person who pressed Enter had before them. Nothing is
        sent for anybody else, of another page or once more: that is left to the script."""
        with RENDERS.turn(AHEAD), self._lock:
            mine = person.owner == self._sender.owner and person.may_ask
            if self._closed or not mine or conversation_id != self.conversation_id:
                return
            self._closed, self.typed = True, typed
            try:
                self._outcome = self._sender.follow_up(
                    self.conversation_id, self._leaf, typed, self._images, confirmed=False
                )
                self._begun(self._outcome)
            except Exception as error:
                self._outcome = error

    def outcome(self) -> Job | None:
        """The job, None where nothing was asked; from now on nothing is. Waits for a request that
        is at it. Raises why it couldn't be asked."""
        with self._lock:
            self._closed = True
            if isinstance(self._outcome, Exception):
                raise self._outcome
            return self._outcome
