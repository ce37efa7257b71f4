"""CaseStore: what is asked of the store that keeps sets."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from components.cases.case import Case, CaseSet, FinishedRun
from components.cases.store.types import Origin, SetSummary, StoredCase, StoredSet
from components.chat.store import NewImage


class CaseStore(Protocol):
    """Sets, their cases and images. A version of a set and of a case is never changed: what
    changes either makes the next version of the set. Cases of two versions are the same when id
    and version are. Blocking. Raises StoreError.
    """

    def create(
        self,
        owner: str,
        set_id: str,
        cases: CaseSet,
        contents: Mapping[str, NewImage],
        origin: Origin,
    ) -> bool:
        """Keep a set as version 1. contents: its images by name. A repeat with the same id does
        nothing; False for it."""
        ...

    def sets(self, owner: str) -> list[SetSummary]:
        """Those that aren't deleted, latest change first."""
        ...

    def summary(self, owner: str, set_id: str) -> SetSummary | None: ...

    def page(
        self, owner: str, set_id: str, *, words: str = "", limit: int = 50, offset: int = 0
    ) -> list[StoredCase]:
        """Cases of the latest version in order. words: only those with all of these."""
        ...

    def count(self, owner: str, set_id: str, words: str = "") -> int: ...

    def case(self, owner: str, set_id: str, case_id: str) -> StoredCase | None:
        """Of the latest version."""
        ...

    def whole(self, owner: str, set_id: str, version: int | None = None) -> StoredSet | None:
        """A version with all its cases; the latest for None. Also of a deleted set, for its
        runs; None when there is no such set."""
        ...

    def put(
        self, owner: str, set_id: str, cases: Sequence[Case], contents: Mapping[str, NewImage]
    ) -> int | None:
        """Cases with an id that the set has become new versions in their places, others come
        last. contents: new images by name. The set's version then; None without a set."""
        ...

    def remove(self, owner: str, set_id: str, case_ids: Sequence[str]) -> int | None:
        """Without these. The set's version then; None where nothing was removed."""
        ...

    def put_back(self, owner: str, set_id: str, version: int) -> int | None:
        """The cases that `version` of the set removed, as they were. The set's version then."""
        ...

    def rename(self, owner: str, set_id: str, name: str) -> bool: ...

    def delete(self, owner: str, set_id: str) -> bool:
        """Out of sight, which can be undone until it is purged."""
        ...

    def undo_delete(self, owner: str, set_id: str) -> bool: ...

    def finished_runs(self, owner: str, set_id: str) -> list[FinishedRun]:
        """Those that came with the set's file."""
        ...
