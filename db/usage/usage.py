"""Requests and what they spend: reserved before they leave, settled after."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_CEILING, Decimal
from typing import Any

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

from components.spending.store import (
    EXPIRES_AFTER,
    Bill,
    Charge,
    Limits,
    Refusal,
    Rules,
    Scope,
    UsageRow,
    Used,
    refusal,
    windows,
)
from db.conversations.images import stored_hashes
from db.conversations.turns import exists
from db.engine.repository import Repository, across_owners, for_owner
from db.schema.conversations import images
from db.schema.usage import usage_events

u = usage_events.c
_PICO = Decimal(10) ** 12  # parts of a USD in which amounts are added up
_MOST = Decimal(2**62)


class Usage(Repository):
    """components.spending.store.Ledger, and what pages ask. Limits for everybody are sums over
    everybody, and so is what admins see."""

    def reserve(
        self, owner: str, reservation_id: str, charge: Charge, rules: Rules
    ) -> Refusal | None:
        """Look at the limits and write the reservation in one transaction; None: it is written.

        The transaction is immediate, so no other thread or process looks in between. Limits for
        everybody are looked at by one at a time.
        """
        reserve = self._reserve_among_all if rules.everybody else self._reserve
        return reserve(owner, reservation_id, charge, rules)

    @for_owner("write")
    def _reserve(
        self, connection: Connection, owner: str, reservation_id: str, charge: Charge, rules: Rules
    ) -> Refusal | None:
        return _reserved(connection, owner, reservation_id, charge, rules, self.now())

    @across_owners("write", usage_events)
    def _reserve_among_all(
        self, connection: Connection, owner: str, reservation_id: str, charge: Charge, rules: Rules
    ) -> Refusal | None:
        return _reserved(connection, owner, reservation_id, charge, rules, self.now())

    @for_owner("write")
    def settle(self, connection: Connection, owner: str, reservation_id: str, bill: Bill) -> None:
        """What it came to, in the place of what was reserved, where that is known. The first
        settle or release counts."""
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
        mine = _mine(owner, [reservation_id])
        connection.execute(update(usage_events).where(*mine).values(values))

    @for_owner("write")
    def release(self, connection: Connection, owner: str, reservation_id: str) -> None:
        """Nothing was sent: it counts for nothing."""
        mine = update(usage_events).where(*_mine(owner, [reservation_id]))
        connection.execute(mine.values(state="released", amount=0))

    @for_owner("write")
    def keep_reserved(
        self, connection: Connection, owner: str, reservation_ids: Collection[str]
    ) -> None:
        """A sign of life of those that are reserved."""
        mine = update(usage_events).where(*_mine(owner, reservation_ids))
        connection.execute(mine.values(beat_at=self.now()))

    def used(self, owner: str, rules: Rules) -> dict[Scope, Used]:
        """What counts now, for each scope that has limits and as far as those ask."""
        return (self._used_by_all if rules.everybody else self._used)(owner, rules)

    @for_owner("read")
    def _used(self, connection: Connection, owner: str, rules: Rules) -> dict[Scope, Used]:
        return _used(connection, owner, rules, self.now())

    @across_owners("read", usage_events)
    def _used_by_all(self, connection: Connection, owner: str, rules: Rules) -> dict[Scope, Used]:
        return _used(connection, owner, rules, self.now())

    @for_owner("read")
    def unpriced(self, connection: Connection, owner: str) -> int:
        """Requests of this month to the server's endpoints whose cost isn't known."""
        now = self.now()
        unknown = [u.priced.is_(False), u.kind == "server", u.at >= windows(now).month]
        query = select(func.count()).where(u.owner == owner, _counts(now), *unknown)
        return connection.scalar(query) or 0

    @for_owner("read")
    def rows(
        self, connection: Connection, owner: str, since: datetime, zone: tzinfo = UTC
    ) -> list[UsageRow]:
        """What the owner used since then, by day of that zone, model and endpoint, the latest day
        first."""
        return _rows(connection, self.now(), since, zone, u.owner == owner)

    @across_owners("read", usage_events)
    def rows_of_all(
        self, connection: Connection, since: datetime, zone: tzinfo = UTC
    ) -> list[UsageRow]:
        """The same of everybody: for admins."""
        return _rows(connection, self.now(), since, zone)

    @for_owner("read")
    def stored(
        self, connection: Connection, owner: str, hashes: Collection[str] = ()
    ) -> tuple[int, set[str]]:
        """Bytes of the owner's images on disk, and which of `hashes` are among them."""
        size = select(func.sum(images.c.bytes)).where(images.c.owner == owner)
        known = stored_hashes(connection, owner, list(hashes)) if hashes else set()
        return int(connection.scalar(size) or 0), known


def _reserved(
    connection: Connection,
    owner: str,
    reservation_id: str,
    charge: Charge,
    rules: Rules,
    now: datetime,
) -> Refusal | None:
    if exists(connection, usage_events, owner, reservation_id):
        return None
    for scope, so_far in _used(connection, owner, rules, now).items():
        limits = rules.person if scope == "person" else rules.everybody
        if refused := refusal(limits, so_far, charge, scope):
            return refused
    reserved = {
        "owner": owner,
        "id": reservation_id,
        "at": now,
        "beat_at": now,
        "state": "reserved",
        "kind": charge.kind,
        "images": charge.images,
        "amount": _amount(charge.estimate) if charge.kind == "server" else 0,
        "priced": charge.estimate is not None,
        "estimated_cost": charge.estimate,
        "subject": charge.subject,
        "endpoint": charge.endpoint,
        "host": charge.host,
        "model": charge.model,
    }
    connection.execute(insert(usage_events), reserved)
    return None


def _used(connection: Connection, owner: str, rules: Rules, now: datetime) -> dict[Scope, Used]:
    found: dict[Scope, Used] = {}
    if rules.person:
        found["person"] = _sums(connection, rules.person, now, u.owner == owner)
    if rules.everybody:
        found["everybody"] = _sums(connection, rules.everybody, now)
    return found


def _sums(
    connection: Connection, limits: Limits, now: datetime, *whose: ColumnElement[bool]
) -> Used:
    """What counts now, as far as `limits` ask. whose: conditions beside those of time and state."""
    at = windows(now)
    mine = and_(*whose, _counts(now))
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


def _counts(now: datetime) -> ColumnElement[bool]:
    """Settled, or reserved by somebody who is alive. A sign of life from the future is none: after
    a clock was set back it would keep what is dead reserved for hours."""
    void = timedelta(seconds=EXPIRES_AFTER)
    alive = and_(u.state == "reserved", u.beat_at > now - void, u.beat_at <= now + void)
    return or_(u.state == "settled", alive)


def _rows(
    connection: Connection,
    now: datetime,
    since: datetime,
    zone: tzinfo,
    *whose: ColumnElement[bool],
) -> list[UsageRow]:
    """What was used, by owner, day, model and endpoint, the latest day first."""
    events = (
        select(usage_events, _day(since, now, zone).label("day"))
        .where(*whose, _counts(now), u.at >= since)
        .subquery()
    )
    e = events.c
    by = (e.owner, e.day, e.model, e.endpoint, e.kind)
    known = func.sum(case((e.cost.is_not(None), 0), else_=1))
    query = (
        select(
            *by,
            func.count(),
            func.sum(e.images),
            func.coalesce(func.sum(e.input_tokens), 0),
            func.coalesce(func.sum(e.cached_tokens), 0),
            func.coalesce(func.sum(e.cache_write_tokens), 0),
            func.coalesce(func.sum(e.output_tokens), 0),
            func.aggregate_strings(type_coerce(e.cost, String), " "),
            known,
        )
        .group_by(*by)
        .order_by(e.day.desc(), e.owner, e.model, e.endpoint)
    )
    return [_row(tuple(found)) for found in connection.execute(query)]


def _day(since: datetime, now: datetime, zone: tzinfo) -> ColumnElement[Any]:
    """The day of an event. Of another zone than UTC by its midnights: databases know zones in
    different ways or not at all, and a day may have 23 hours."""
    if zone is UTC:
        return func.date(u.at)
    day = now.astimezone(zone).date() + timedelta(days=1)  # for a clock that was set back
    first = since.astimezone(zone).date()
    begins: list[tuple[ColumnElement[bool], str]] = []
    while day > first:
        midnight = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        begins.append((u.at >= midnight, day.isoformat()))
        day -= timedelta(days=1)
    return case(*begins, else_=first.isoformat())


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


def _mine(owner: str, ids: Collection[str]) -> list[ColumnElement[bool]]:
    return [u.owner == owner, u.id.in_(ids), u.state == "reserved"]


def _amount(cost: Decimal | None) -> int:
    """In 1e-12 USD, rounded up."""
    return int(min((cost or Decimal(0)) * _PICO, _MOST).to_integral_value(ROUND_CEILING))


def _usd(amount: int | None) -> Decimal:
    return Decimal(amount or 0) / _PICO
