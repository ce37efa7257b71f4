"""Budget: the limits of this server, kept. One per process.

Reserve, then settle: what a request may cost is written down before it leaves, in the same
transaction in which the limits are looked at, so that no two of them slip past together.
"""

import logging
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal

from components.errors import StoreError
from components.spending.errors import QuotaError, SpendingError
from components.spending.store import (
    Bill,
    Charge,
    Ledger,
    Limits,
    Reservation,
    Rules,
    Scope,
    Used,
    refusal,
)

_LOG = logging.getLogger(__name__)
_MB = 1_000_000
NO_LIMITS = Rules()
_SCOPES: tuple[Scope, ...] = ("person", "everybody")


class Budget:
    """Rules, and the reservations of this process, which `beat` keeps alive."""

    def __init__(
        self,
        ledger: Ledger,
        rules: Rules = NO_LIMITS,
        quota: int | None = None,
        refused: Callable[[str, Scope], None] | None = None,
    ) -> None:
        """quota: bytes of images on disk per person; None: no limit. refused: told which limit,
        or "quota", let something not be sent."""
        self.ledger, self.rules, self.quota = ledger, rules, quota
        self._refused = refused
        self._open: dict[str, Reservation] = {}
        self._late: dict[str, tuple[Reservation, Bill | None]] = {}
        self._lock = threading.Lock()

    def reserve(self, owner: str, charge: Charge, *, waits: bool = False) -> Reservation:
        """Before the request leaves. Raises SpendingError and StoreError: it must not leave then.

        waits: where only the requests of a minute are used up, it is asked again: no refusal yet.
        """
        reservation = Reservation(owner, uuid.uuid4().hex, charge)
        refused = self.ledger.reserve(owner, reservation.id, charge, self.rules)
        if refused:
            if not (waits and refused.waitable):
                self._tell(refused.what, refused.scope)
            raise SpendingError(refused)
        with self._lock:
            self._open[reservation.id] = reservation
        return reservation

    def settle(self, reservation: Reservation, bill: Bill | None) -> None:
        """After it has ended. bill: None when nothing was sent. Never raises for a store that can't
        be written: the reservation stands until it can, which `beat` tries again. One that can't be
        settled for another reason, a bug, goes by itself once nobody keeps it."""
        with self._lock:
            self._open.pop(reservation.id, None)
        try:
            self._write(reservation, bill)
        except StoreError as caught:
            _LOG.warning("a request could not be settled: %s", caught.code)
            with self._lock:
                self._late[reservation.id] = (reservation, bill)
        except Exception as caught:
            _LOG.exception("a request could not be settled: %s", type(caught).__name__)

    def beat(self) -> None:
        """A sign of life of all that is reserved here; also settles what couldn't be before."""
        with self._lock:
            late, self._late = list(self._late.values()), {}
            waiting = [*self._open.values(), *(reservation for reservation, _ in late)]
        by_owner: defaultdict[str, list[str]] = defaultdict(list)
        for reservation in waiting:
            by_owner[reservation.owner].append(reservation.id)
        for owner, ids in by_owner.items():
            try:
                self.ledger.keep_reserved(owner, ids)
            except StoreError as caught:
                _LOG.warning("reservations could not be kept: %s", caught.code)
        for reservation, bill in late:
            self.settle(reservation, bill)

    def check(self, owner: str, charges: Sequence[Charge]) -> None:
        """Whether all of these fit, images and money, before the first is sent. Reserves nothing:
        each is reserved when it leaves. Raises SpendingError."""
        server = [each for each in charges if each.kind == "server"]
        if not server or not self.rules:
            return
        known = [each.estimate for each in server if each.estimate is not None]
        whole = Charge(
            kind="server",
            endpoint="",
            host="",
            model="",
            images=sum(each.images for each in server),
            estimate=sum(known, Decimal(0)) if known else None,
        )
        for scope, used in self.ledger.used(owner, self.rules).items():
            refused = refusal(self.limits(scope), used, whole, scope, requests=0)
            if refused:
                self._tell(refused.what, refused.scope)
                raise SpendingError(refused)

    def used(self, owner: str) -> dict[Scope, Used]:
        """How much of the limits is used, for the scopes that have some."""
        return self.ledger.used(owner, self.rules) if self.rules else {}

    def limits(self, scope: Scope) -> Limits:
        return self.rules.person if scope == "person" else self.rules.everybody

    def make_room(self, owner: str, contents: Collection[tuple[str, int]]) -> None:
        """Raises QuotaError unless these images fit on disk. contents: (hash, bytes); those that
        the owner has already take no more room."""
        if sizes := self._too_much(owner, contents):
            self._tell("quota", "person")
            raise QuotaError("quota_full", **{k: f"{v / _MB:.1f}" for k, v in sizes.items()})

    def fits(self, owner: str, contents: Collection[tuple[str, int]]) -> bool:
        """The same as an answer, where nothing is refused."""
        return not self._too_much(owner, contents)

    def _too_much(self, owner: str, contents: Collection[tuple[str, int]]) -> dict[str, int]:
        """Bytes, where they are over the quota: what is used, its limit, what is needed."""
        if self.quota is None or not contents:
            return {}
        used, known = self.ledger.stored(owner, [digest for digest, _ in contents])
        needs = sum(size for digest, size in dict(contents).items() if digest not in known)
        over = needs and used + needs > self.quota
        return {"used": used, "limit": self.quota, "needs": needs} if over else {}

    def _tell(self, limit: str, scope: Scope) -> None:
        if self._refused:
            self._refused(limit, scope)

    def _write(self, reservation: Reservation, bill: Bill | None) -> None:
        if bill is None:
            self.ledger.release(reservation.owner, reservation.id)
        else:
            self.ledger.settle(reservation.owner, reservation.id, bill)
