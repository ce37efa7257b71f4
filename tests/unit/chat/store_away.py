"""A store that can be away for a while."""

import threading
from typing import Any

from components.errors import StoreError
from db.store import SqlStore


class AwayStore:
    """Passes everything on, but while `away` is set.

    hold: the next call of this name waits until `go_on` is set; `held` says that it does.
    """

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.away = False
        self.held, self.go_on = threading.Event(), threading.Event()
        self._hold = ""

    def hold(self, name: str) -> None:
        self._hold = name

    def __getattr__(self, name: str) -> Any:
        def ask(*args: Any, **kwargs: Any) -> Any:
            if self.away:
                raise StoreError("log_busy")
            if name == self._hold:
                self._hold = ""
                self.held.set()
                assert self.go_on.wait(30)
            return getattr(self._store, name)(*args, **kwargs)

        return ask
