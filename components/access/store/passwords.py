"""Wrong passwords, and what is asked of a store about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True)
class WrongOnes:
    """Wrong passwords that count at `now`. Times are aware.

    count, last: of one address, in a row, and the latest of them. oldest_of_full: of all
    addresses together, the oldest of as many as a minute may have; None while there are fewer.
    """

    now: datetime
    count: int = 0
    last: datetime | None = None
    oldest_of_full: datetime | None = None


class PasswordStore(Protocol):
    """Wrong passwords, counted for all processes together."""

    def password_typed(self, place: str, *, right: bool) -> timedelta:
        """Count what was typed unless its address has to wait, in one exclusive transaction.

        place: stands for an address, without telling it. The wait as it is then: zero after the
        right one and after the first few wrong ones. Raises StoreError: nothing was counted then,
        and nobody may be let in.
        """
