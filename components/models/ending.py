"""When a model's last day is near: it is still listed, last, and never chosen for anybody."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from components.models.catalogue import find_model
from components.models.retirements import retirement

LEAVING = timedelta(days=60)
Ends = Mapping[str, date]  # model id as its endpoint writes it -> last day, as the endpoint says


def last_day(model: str, ends: Ends | None = None, host: str = "") -> date | None:
    """The last day of a model: as its endpoint says, else as was announced for its host, else as
    the catalogue has it."""
    if given := (ends or {}).get(model):
        return given
    announced = retirement(model, host)
    return (announced.day if announced else None) or find_model(model).retires


def is_leaving(day: date | None, today: date | None = None) -> bool:
    """Whether a last day is past or at most 60 days away. today: in UTC by default."""
    return day is not None and day - (today or today_utc()) <= LEAVING


def is_retired(day: date, today: date | None = None) -> bool:
    """Whether a last day is past. today: in UTC by default."""
    return day < (today or today_utc())


def is_long_gone(day: date, today: date | None = None) -> bool:
    """Whether a last day is more than 60 days past. today: in UTC by default."""
    return (today or today_utc()) - day > LEAVING


def leaving_last(
    models: Iterable[str], ends: Ends | None = None, today: date | None = None
) -> tuple[str, ...]:
    """The same models, those that leave after those that stay."""
    day = today or today_utc()
    return tuple(sorted(models, key=lambda model: is_leaving(last_day(model, ends), day)))


def today_utc() -> date:
    return datetime.now(UTC).date()
