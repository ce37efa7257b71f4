"""A store that can be away for a while."""

import threading
from typing import Any

from components.errors import StoreError
from db.store import Store


class AwayStore:
    """Passes everything on, but while `away` is set.

    hold: the next call of this name waits until `go_on` is set; `held` says that it does.
    """

    def __init__(self, store: Store) -> None:
        self.away = False
        self.held, self.go_on = threading.Event(), threading.Event()
        self._hold = ""
        self.conversations: Any = _Away(self, store.conversations)
        self.comparisons: Any = _Away(self, store.comparisons)

    def hold(self, name: str) -> None:
        self._hold = name

    def passes(self, name: str) -> None:
        """Before each call."""
        if self.away:
            raise StoreError("store_busy")
        if name == self._hold:
            self._hold = ""
            self.held.set()
            assert self.go_on.wait(30)


class _Away:
    def __init__(self, store: AwayStore, repository: object) -> None:
        self._store, self._repository = store, repository

    def __getattr__(self, name: str) -> Any:
        def ask(*args: Any, **kwargs: Any) -> Any:
            self._store.passes(name)
            return getattr(self._repository, name)(*args, **kwargs)

        return ask
