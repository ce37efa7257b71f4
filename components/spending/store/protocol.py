"""Ledger: what spending asks of a log."""

from collections.abc import Collection
from typing import Protocol

from components.spending.store.types import Bill, Charge, Refusal, Rules, Scope, Used


class Ledger(Protocol):
    """Requests and what they spend. Blocking; raises StoreError. Every call takes the owner first,
    and all but the sums for everybody touch that owner's rows alone."""

    def reserve(
        self, owner: str, reservation_id: str, charge: Charge, rules: Rules
    ) -> Refusal | None:
        """Look at the limits and write the reservation in one transaction; None: it is written.

        A repeat with the same id is written once.
        """
        ...

    def settle(self, owner: str, reservation_id: str, bill: Bill) -> None:
        """What it came to. The first settle or release counts."""
        ...

    def release(self, owner: str, reservation_id: str) -> None:
        """Nothing was sent: it counts for nothing."""
        ...

    def keep_reserved(self, owner: str, reservation_ids: Collection[str]) -> None:
        """A sign of life; reservations without one for EXPIRES_AFTER are void."""
        ...

    def used(self, owner: str, rules: Rules) -> dict[Scope, Used]:
        """What counts now, for each scope that has limits and as far as those ask."""
        ...

    def stored(self, owner: str, hashes: Collection[str] = ()) -> tuple[int, set[str]]:
        """Bytes of the owner's images on disk, and which of `hashes` are among them."""
        ...
