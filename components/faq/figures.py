"""Figures in answers, worked out by the app's own functions, so that they can't go stale.

{tokens:gpt-4o:1024x1024:high}      tokens of an image
{parts:gpt-4o:1024x1024:high}       tiles or patches it is cut into
{seen:gpt-4o:1024x1024:high}        its size as the model sees it, in pixels
{cost:gpt-4o:1024x1024:high:1000}   list price of so many of them, as input
{fits:40000:gpt-4o:1024x1024:high}  how many of them so many tokens pay for
{price:gpt-4o:input}                list price of a million tokens: input, cached_input,
                                    cache_write, output
{context:gpt-4o}                    context window in tokens
{name:gpt-4o}, {id:gpt-4o}          its name for people, and the one that a request has
{retires:gpt-4o}                    day on which the vendor's API shuts it down
{leaving:gpt-4o}                    every model of the catalogue with the same day
{data:gpt-6.2-sol}                  until when its training data go
{current:OpenAI}                    names of a vendor's models that are preferred and stay
{shutdowns:ahead}                   rows of a table, | day | models |, of the days to come ...
{shutdowns:past}                    ... and of the last ones that have passed
{prices:1024x1024:high}             rows of a table, | model | input | output | 1,000 images |, of
                                    every model that is preferred
{day:evals}                         a day of dates.toml
{label:ui.nav.cost}                 a text of the app, as it stands on the page

"reference" as a model is the one that the app estimates with.
"""

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from components.i18n import t, texts
from components.models import catalogue, default_order, find_model, is_leaving, reference_model
from components.models.ending import today_utc
from components.pricing import cost, format_money, price_of
from components.tokens import ImageTokens, count_image_tokens

_FIGURE = re.compile(r"\{([a-z]+):([^{}\s]+)\}")
_DATES = Path(__file__).with_name("dates.toml")
_MOST_PAST = 3  # days of shutdowns that have passed, the last ones


def with_figures(text: str, lang: str) -> str:
    """`text` with its figures filled in; what isn't known is said to be unknown.

    Raises ValueError for a figure that can't be read.
    """
    return _FIGURE.sub(lambda found: _figure(found[1], found[2].split(":"), lang), text)


def _figure(kind: str, values: list[str], lang: str) -> str:
    if kind not in _KINDS:
        raise ValueError(f"no figure is called {kind!r}")
    values = [reference_model() if value == "reference" else value for value in values]
    try:
        found = _KINDS[kind](lang, *values)
    except (TypeError, KeyError):
        asked = f"{{{kind}:{':'.join(values)}}}"
        raise ValueError(f"{asked} has too few or too many parts, or names nothing") from None
    return t(lang, "faq.figure.unknown") if found is None else found


def _counted(model: str, size: str, detail: str) -> ImageTokens:
    width, height = (int(side) for side in size.split("x"))
    return count_image_tokens(model, width, height, detail)


def _tokens(lang: str, model: str, size: str, detail: str) -> str | None:
    counted = _counted(model, size, detail)
    if counted.tokens is None:
        return None
    key = "about" if counted.tolerance else "exact"
    return t(lang, f"faq.figure.{key}", tokens=counted.tokens, tolerance=counted.tolerance)


def _parts(lang: str, model: str, size: str, detail: str) -> str | None:
    grid = _counted(model, size, detail).grid
    return f"{grid[0] * grid[1]:,}" if grid else None


def _seen(lang: str, model: str, size: str, detail: str) -> str | None:
    width, height = _counted(model, size, detail).resized
    return f"{width} × {height}"


def _cost(lang: str, model: str, size: str, detail: str, images: str) -> str | None:
    tokens = _counted(model, size, detail).tokens
    if tokens is None:
        return None
    one = cost(price_of(model), input=tokens, images=tokens)
    return None if one is None else format_money(one * int(images), lang)


def _fits(lang: str, budget: str, model: str, size: str, detail: str) -> str | None:
    tokens = _counted(model, size, detail).tokens
    return f"{int(budget) // tokens:,}" if tokens else None


def _price(lang: str, model: str, rate: str) -> str | None:
    price = price_of(model)
    amount: Decimal | None = getattr(price, rate) if price else None
    return None if amount is None else format_money(amount, lang)


def _context(lang: str, model: str) -> str | None:
    context = find_model(model).context
    return f"{context:,}" if context else None


def _name(lang: str, model: str) -> str | None:
    return find_model(model).name


def _id(lang: str, model: str) -> str | None:
    return find_model(model).id


def _retires(lang: str, model: str) -> str | None:
    return _written(find_model(model).retires, lang)


def _data(lang: str, model: str) -> str | None:
    return _written(find_model(model).data_until, lang)


def _leaving(lang: str, model: str) -> str | None:
    day = find_model(model).retires
    return _named(day, lang) if day else None


def _current(lang: str, vendor: str) -> str | None:
    preferred = [find_model(model) for model in default_order()]
    names = [m.name for m in preferred if m.vendor == vendor and not is_leaving(m.retires)]
    return t(lang, "faq.figure.and").join(names) or None


def _shutdowns(lang: str, when: str) -> str:
    today = today_utc()
    days = sorted({model.retires for model in catalogue() if model.retires})
    ahead = [day for day in days if day >= today]
    past = [day for day in reversed(days) if day < today][:_MOST_PAST]
    shown = {"ahead": ahead, "past": past}[when]
    rows = [f"| {_written(day, lang)} | {_named(day, lang)} |" for day in shown]
    return "\n".join(rows) or "| – | – |"


def _named(day: date, lang: str) -> str:
    """The models of the catalogue that are shut down on a day."""
    return t(lang, "faq.figure.and").join(m.id for m in catalogue() if m.retires == day)


def _prices(lang: str, size: str, detail: str) -> str:
    models = [m for m in map(find_model, default_order()) if m.endpoint_kind != "builtin"]
    return "\n".join(_price_row(lang, model.id, size, detail) for model in models)


def _price_row(lang: str, model: str, size: str, detail: str) -> str:
    found = find_model(model)
    name = found.name
    if found.retires and is_leaving(found.retires):
        name = t(lang, "faq.figure.until", model=name, date=_written(found.retires, lang))
    rates = [_price(lang, model, "input"), _price(lang, model, "output")]
    amounts = [*rates, _cost(lang, model, size, detail, "1000")]
    unknown = t(lang, "faq.figure.unknown")
    return f"| {name} | {' | '.join(amount or unknown for amount in amounts)} |"


def _day(lang: str, event: str) -> str | None:
    return _written(_dates()[event], lang)


def _label(lang: str, key: str) -> str | None:
    return texts(lang).get(key)


def _written(day: date | None, lang: str) -> str | None:
    """A day as people write it: 14 January 2027, 2027 年 1 月 14 日."""
    return t(lang, "faq.figure.date", date=day) if day else None


@cache
def _dates() -> dict[str, date]:
    return {event: row["day"] for event, row in tomllib.loads(_DATES.read_text("utf-8")).items()}


_KINDS: dict[str, Callable[..., str | None]] = {
    "tokens": _tokens,
    "parts": _parts,
    "seen": _seen,
    "cost": _cost,
    "fits": _fits,
    "price": _price,
    "context": _context,
    "name": _name,
    "id": _id,
    "retires": _retires,
    "leaving": _leaving,
    "data": _data,
    "current": _current,
    "shutdowns": _shutdowns,
    "prices": _prices,
    "day": _day,
    "label": _label,
}
