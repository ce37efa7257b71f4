"""Requests and what they spend: reserved before they leave, settled after.

Every statement names the owner, but for those of db.usage.of_all, which sum over everybody.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from components.spending.store import EXPIRES_AFTER, Bill, Charge, Limits, UsageRow, Used, windows
from db.conversations.turns import exists
from db.schema.usage import usage_events

u = usage_events.c
_PICO = Decimal(10) ** 12  # parts of a USD in which amounts are added up
_MOST = Decimal(2**62)


def insert_reserved(
    connection: Connection, owner: str, reservation_id: str, charge: Charge, now: datetime
) -> None:
    """Write it, within the transaction in which the limits were looked at."""
    counts = charge.kind == "server"
    reserved = {
        "owner": owner,
        "id": reservation_id,
        "at": now,
        "beat_at": now,
        "state": "reserved",
        "kind": charge.kind,
        "images": charge.images,
        "amount": _amount(charge.estimate) if counts else 0,
        "priced": charge.estimate is not None,
        "estimated_cost": charge.estimate,
        "subject": charge.subject,
        "endpoint": charge.endpoint,
        "host": charge.host,
        "model": charge.model,
    }
    connection.execute(insert(usage_events), reserved)


def is_there(connection: Connection, owner: str, reservation_id: str) -> bool:
    return exists(connection, usage_events, owner, reservation_id)


def settle(connection: Connection, owner: str, reservation_id: str, bill: Bill) -> None:
    """Put what it came to in the place of what was reserved, where that is known."""
    values: dict[str, object] = {
        "state": "settled",
        "input_tokens": bill.input_tokens,
        "output_tokens": bill.output_tokens,
        "cached_tokens": bill.cached_tokens,
        "cache_write_tokens": bill.cache_write_tokens,
    }
    if bill.cost is not None:
        values |= {"cost": bill.cost, "priced": True}
        values["amount"] = case((u.kind == "server", _amount(bill.cost)), else_=0)
    connection.execute(update(usage_events).where(*_mine(owner, reservation_id)).values(values))


def release(connection: Connection, owner: str, reservation_id: str) -> None:
    """It counts for nothing."""
    mine = update(usage_events).where(*_mine(owner, reservation_id))
    connection.execute(mine.values(state="released", amount=0))


def keep(connection: Connection, owner: str, ids: Collection[str], now: datetime) -> None:
    """A sign of life."""
    mine = [u.owner == owner, u.id.in_(ids), u.state == "reserved"]
    connection.execute(update(usage_events).where(*mine).values(beat_at=now))


def used(connection: Connection, owner: str, limits: Limits, now: datetime) -> Used:
    """What counts of one owner's."""
    return sums(connection, limits, now, [u.owner == owner])


def sums(
    connection: Connection, limits: Limits, now: datetime, whose: list[ColumnElement[bool]]
) -> Used:
    """What counts now, as far as `limits` ask. whose: conditions beside those of time and state."""
    at = windows(now)
    mine = and_(*whose, counts(now))
    server = u.kind == "server"
    recent: tuple[datetime, ...] = ()
    images, day, month = 0, 0, 0
    if limits.requests_minute is not None:
        # Those of a further future are from before a clock was set back: nobody waits for that.
        during = and_(u.at > at.minute, u.at <= now + (now - at.minute))
        minute = select(u.at).where(mine, during, u.kind != "builtin").order_by(u.at)
        recent = tuple(connection.scalars(minute))
    if limits.images_day is not None or limits.usd_day is not None:
        today = select(func.sum(u.images), func.sum(u.amount)).where(mine, server, u.at >= at.day)
        images, day = connection.execute(today).one()
    if limits.usd_month is not None:
        # Amounts are 0 but of the server's, and 10,000 rows are gone through: nothing else in it.
        month = connection.scalar(select(func.sum(u.amount)).where(mine, u.at >= at.month)) or 0
    return Used(now, recent, images or 0, _usd(day), _usd(month))


def unpriced(connection: Connection, owner: str, now: datetime) -> int:
    """Requests of the month to the server's endpoints whose cost isn't known."""
    unknown = select(func.count()).where(
        u.owner == owner,
        counts(now),
        u.at >= windows(now).month,
        u.priced.is_(False),
        u.kind == "server",
    )
    return connection.scalar(unknown) or 0


def counts(now: datetime) -> ColumnElement[bool]:
    """Settled, or reserved by somebody who is alive. A sign of life from the future is none: after
    a clock was set back it would keep what is dead reserved for hours."""
    void = timedelta(seconds=EXPIRES_AFTER)
    alive = and_(u.state == "reserved", u.beat_at > now - void, u.beat_at <= now + void)
    return or_(u.state == "settled", alive)


def rows(
    connection: Connection, now: datetime, since: datetime, whose: list[ColumnElement[bool]]
) -> list[UsageRow]:
    """What was used, by owner, day, model and endpoint, the latest day first."""
    day = func.date(u.at)
    by = (u.owner, day, u.model, u.endpoint, u.kind)
    known = func.sum(case((u.cost.is_not(None), 0), else_=1))
    query = (
        select(
            *by,
            func.count(),
            func.sum(u.images),
            func.coalesce(func.sum(u.input_tokens), 0),
            func.coalesce(func.sum(u.cached_tokens), 0),
            func.coalesce(func.sum(u.cache_write_tokens), 0),
            func.coalesce(func.sum(u.output_tokens), 0),
            func.aggregate_strings(type_coerce(u.cost, String), " "),
            known,
        )
        .where(*whose, counts(now), u.at >= since)
        .group_by(*by)
        .order_by(day.desc(), u.owner, u.model, u.endpoint)
    )
    return [_row(tuple(found)) for found in connection.execute(query)]


def _row(found: tuple[object, ...]) -> UsageRow:
    owner, day, model, endpoint, kind, *figures = found
    requests, images, read, cached, put, said, costs, unknown = figures
    return UsageRow(
        owner=str(owner),
        day=datetime.strptime(str(day), "%Y-%m-%d").date(),
        model=str(model),
        endpoint=str(endpoint),
        kind=kind,  # type: ignore[arg-type]
        requests=int(str(requests)),
        images=int(str(images)),
        input_tokens=int(str(read)),
        cached_tokens=int(str(cached)),
        cache_write_tokens=int(str(put)),
        output_tokens=int(str(said)),
        # Added up as decimals: SQL would make floats of them.
        cost=sum((Decimal(each) for each in str(costs or "").split()), Decimal(0)),
        unpriced=int(str(unknown)),
    )


def _mine(owner: str, reservation_id: str) -> list[ColumnElement[bool]]:
    return [u.owner == owner, u.id == reservation_id, u.state == "reserved"]


def _amount(cost: Decimal | None) -> int:
    """In 1e-12 USD, rounded up."""
    return int(min((cost or Decimal(0)) * _PICO, _MOST).to_integral_value(ROUND_CEILING))


def _usd(amount: int | None) -> Decimal:
    return Decimal(amount or 0) / _PICO
