"""Models that retire: which of those in use do so, and what comes after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from components.compare.spec import Column
from components.i18n import t
from components.i18n.sentence import joined
from components.models import (
    Ends,
    find_model,
    is_leaving,
    is_long_gone,
    is_retired,
    last_day,
    retirement,
)

MOST_SUCCESSORS = 3


@dataclass(frozen=True)
class Ending:
    """A model whose last day at its host is past or near. successors: as recommended, the
    likeliest first; source, official: of the announcement, "" where the endpoint or the catalogue
    alone gives the day."""

    column: Column
    day: date
    over: bool
    successors: tuple[str, ...]
    source: str = ""
    official: bool = False


def endings(
    columns: Iterable[Column], ends: Ends | None = None, today: date | None = None
) -> list[Ending]:
    """Those that leave within 60 days or have left, the nearest day first. ends: as the endpoints
    give them."""
    found = []
    for column in columns:
        last = last_day(column.model, ends, column.endpoint.host)
        if last is None or not is_leaving(last, today):
            continue
        known = retirement(column.model, column.endpoint.host)
        found.append(
            Ending(
                column,
                last,
                is_retired(last, today),
                known.successors[:MOST_SUCCESSORS] if known else (),
                known.source if known else "",
                known.official if known else False,
            )
        )
    return sorted(found, key=lambda each: each.day)


def of_late(found: Iterable[Ending], today: date | None = None) -> list[Ending]:
    """Without those that have been gone for more than 60 days."""
    return [each for each in found if not is_long_gone(each.day, today)]


def successors_among(ending: Ending, offered: Sequence[Column]) -> list[Column]:
    """The recommended ones that can be asked, as recommended: at the same endpoint where it has
    them, else at another one."""
    here = ending.column.endpoint.name
    near = sorted(offered, key=lambda column: column.endpoint.name != here)
    found = []
    for name in ending.successors[:MOST_SUCCESSORS]:
        same = [each for each in near if find_model(each.model).id == find_model(name).id]
        found += same[:1]
    return found


def ending_line(lang: str, ending: Ending) -> str:
    """The banner: when it ends, where, and what comes after it."""
    key = "over" if ending.over else "soon"
    said = t(
        lang,
        f"cases.ending.{key}",
        model=ending.column.model,
        host=ending.column.endpoint.host,
        day=ending.day.isoformat(),
    )
    if not ending.successors:
        return said
    return joined(said, instead(lang, ending.successors))


def instead(lang: str, successors: Iterable[str]) -> str:
    """Which models are recommended."""
    names = t(lang, "cases.ending.or").join(successors)
    return t(lang, "cases.ending.successors", models=names)
