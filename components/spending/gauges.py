"""How full the limits are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from components.spending.settings import load
from components.spending.store import Limits, Rules, Scope, Used, What, windows


@dataclass(frozen=True)
class Gauge:
    """One limit. used, limit: requests, images or USD. frees_at: when the minute's oldest request,
    the day or the month ends."""

    what: What
    scope: Scope
    used: Decimal
    limit: Decimal
    frees_at: datetime

    @property
    def share(self) -> float:
        """0 to 1 and above; a limit of 0 is full."""
        return float(self.used / self.limit) if self.limit else 1.0

    @property
    def nearly(self) -> bool:
        """From the share on at which a notice is due."""
        return self.share >= float(load()["meter"]["warn"])

    @property
    def full(self) -> bool:
        return self.share >= 1


def gauges(rules: Rules, used: Mapping[Scope, Used]) -> list[Gauge]:
    """Every limit that is set, the fullest first."""
    found = [
        gauge
        for scope, so_far in used.items()
        for gauge in _of(rules.person if scope == "person" else rules.everybody, so_far, scope)
    ]
    return sorted(found, key=lambda gauge: -gauge.share)


def _of(limits: Limits, used: Used, scope: Scope) -> Iterator[Gauge]:
    at = windows(used.now)
    minute = (used.recent[0] if used.recent else used.now) + timedelta(minutes=1)
    rows: tuple[tuple[What, int | Decimal | None, int | Decimal, datetime], ...] = (
        ("requests_minute", limits.requests_minute, len(used.recent), minute),
        ("images_day", limits.images_day, used.images, at.next_day),
        ("usd_day", limits.usd_day, used.usd_day, at.next_day),
        ("usd_month", limits.usd_month, used.usd_month, at.next_month),
    )
    for what, limit, so_far, frees_at in rows:
        if limit is not None:
            yield Gauge(what, scope, Decimal(so_far), Decimal(limit), frees_at)
