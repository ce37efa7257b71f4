"""Whether a charge fits into limits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from components.spending.store.types import Charge, Limits, Refusal, Scope, Used, What, windows


def refusal(
    limits: Limits, used: Used, charge: Charge, scope: Scope, *, requests: int = 1
) -> Refusal | None:
    """The limit that `charge` would pass and that is the last to free up; None when it fits.

    requests: how many requests it is; 0 asks about images and money alone.
    """
    found = list(_passed(limits, used, charge, scope, requests))
    return max(found, key=lambda each: each.frees_at, default=None)


def _passed(
    limits: Limits, used: Used, charge: Charge, scope: Scope, requests: int
) -> Iterator[Refusal]:
    if charge.kind == "builtin":
        return
    at = windows(used.now)

    def over(
        what: What, limit: Decimal, so_far: Decimal, needs: Decimal, free: datetime
    ) -> Refusal:
        return Refusal(what, scope, limit, so_far, needs, free, used.now)

    most = limits.requests_minute
    if most is not None and requests and len(used.recent) + requests > most:
        sizes = Decimal(most), Decimal(len(used.recent)), Decimal(requests)
        yield over("requests_minute", *sizes, _minute_frees(used, most, requests))
    if charge.kind == "own":
        return
    images, needs = limits.images_day, charge.images
    if images is not None and needs and used.images + needs > images:
        sizes = Decimal(images), Decimal(used.images), Decimal(needs)
        yield over("images_day", *sizes, at.next_day)
    if limits.usd_day is not None and _no_money(limits.usd_day, used.usd_day, charge):
        cost = charge.estimate or Decimal(0)
        yield over("usd_day", limits.usd_day, used.usd_day, cost, at.next_day)
    if limits.usd_month is not None and _no_money(limits.usd_month, used.usd_month, charge):
        cost = charge.estimate or Decimal(0)
        yield over("usd_month", limits.usd_month, used.usd_month, cost, at.next_month)


def _no_money(limit: Decimal, used: Decimal, charge: Charge) -> bool:
    """A request of unknown price needs no known sum, but something has to be left."""
    if charge.estimate is None:
        return used >= limit
    return used + charge.estimate > limit


def _minute_frees(used: Used, most: int, requests: int) -> datetime:
    """When as many of the requests in the minute are over it as stand in the way."""
    passed = len(used.recent) + requests - most
    if not used.recent:
        return used.now + timedelta(minutes=1)
    return used.recent[min(passed, len(used.recent)) - 1] + timedelta(minutes=1)
