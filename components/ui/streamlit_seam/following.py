"""Tabs that show the same conversation follow each other: what is asked, answered, renamed or
deleted in one of them, in whichever process, is drawn in the others too.

One thread of the process looks after all of its tabs; a tab costs nothing until something changes.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from components import services
from components.chat.store import State, StoredConversation
from components.errors import AppError
from components.ui.streamlit_seam import sessions

EVERY = 1.5  # seconds between two looks at the store

States = Callable[[str, Collection[str]], dict[str, State]]


@dataclass(frozen=True)
class Sight:
    """What a tab shows. state: None where there is no such conversation (any more)."""

    owner: str
    conversation_id: str
    state: State | None


class Following:
    """states: of an owner's conversations, by the store; is_open: whether a tab (its session's id)
    is still there; again: draws it anew."""

    def __init__(
        self,
        states: States,
        is_open: Callable[[str], bool],
        again: Callable[[str], None],
        every: float = EVERY,
    ) -> None:
        self._states, self._is_open, self._again, self._every = states, is_open, again, every
        self._sights: dict[str, Sight] = {}
        self._some = threading.Condition()
        self._watching = False

    def show(self, session: str, sight: Sight) -> None:
        """This is what a tab shows now."""
        with self._some:
            self._sights[session] = sight
            if not self._watching:
                self._watching = True
                threading.Thread(target=self._watch, name="tuwen-following", daemon=True).start()
            self._some.notify()

    def leave(self, session: str) -> None:
        """A tab shows no conversation."""
        with self._some:
            self._sights.pop(session, None)

    def look(self) -> None:
        """Draw the tabs anew whose conversation is another than what they show."""
        with self._some:
            for session in [each for each in self._sights if not self._is_open(each)]:
                del self._sights[session]
            sights = dict(self._sights)
        shown: defaultdict[str, set[str]] = defaultdict(set)
        for sight in sights.values():
            shown[sight.owner].add(sight.conversation_id)
        now = {owner: self._states(owner, sorted(ids)) for owner, ids in shown.items()}
        for session, sight in sights.items():
            if now[sight.owner].get(sight.conversation_id) != sight.state:
                self._again(session)

    def _watch(self) -> None:
        while True:
            with self._some:
                self._some.wait_for(lambda: self._sights)
            with suppress(AppError):  # a store that is away: the pages say so themselves
                self.look()
            time.sleep(self._every)


def _states(owner: str, conversation_ids: Collection[str]) -> dict[str, State]:
    return services.app().store().conversations.states(owner, conversation_ids)


_following = Following(_states, sessions.is_open, sessions.run_again)


def show(owner: str, conversation_id: str | None, shown: StoredConversation | None) -> None:
    """What this tab shows, as it was read."""
    session = sessions.own_id()
    if session is None or conversation_id is None or not sessions.exists():
        return
    state = (shown.updated_at, shown.title) if shown else None
    _following.show(session, Sight(owner, conversation_id, state))


def leave() -> None:
    """This tab shows no conversation until it says so."""
    session = sessions.own_id()
    if session is not None:
        _following.leave(session)
