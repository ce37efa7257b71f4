"""Figures in answers, worked out by the app's own functions, so that they can't go stale.

{tokens:gpt-4o:1024x1024:high}      tokens of an image
{parts:gpt-4o:1024x1024:high}       tiles or patches it is cut into
{seen:gpt-4o:1024x1024:high}        its size as the model sees it, in pixels
{cost:gpt-4o:1024x1024:high:1000}   list price of so many of them, as input
{fits:40000:gpt-4o:1024x1024:high}  how many of them so many tokens pay for
{price:gpt-4o:input}                list price of a million tokens: input, cached_input, output
{context:gpt-4o}                    context window in tokens
{retires:gpt-4o}                    last day in the vendor's API
{leaving:gpt-4o}                    every model of the catalogue with the same last day
"""

import re
from collections.abc import Callable
from decimal import Decimal

from components.i18n import t
from components.models import catalogue, find_model
from components.pricing import cost, format_money, price_of
from components.tokens import ImageTokens, count_image_tokens

_FIGURE = re.compile(r"\{([a-z]+):([^{}\s]+)\}")


def with_figures(text: str, lang: str) -> str:
    """`text` with its figures filled in; what isn't known is said to be unknown.

    Raises ValueError for a figure that can't be read.
    """
    return _FIGURE.sub(lambda found: _figure(found[1], found[2].split(":"), lang), text)


def _figure(kind: str, values: list[str], lang: str) -> str:
    if kind not in _KINDS:
        raise ValueError(f"no figure is called {kind!r}")
    try:
        found = _KINDS[kind](lang, *values)
    except TypeError:
        raise ValueError(f"{{{kind}:{':'.join(values)}}} has too few or too many parts") from None
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


def _retires(lang: str, model: str) -> str | None:
    retires = find_model(model).retires
    return retires.isoformat() if retires else None


def _leaving(lang: str, model: str) -> str | None:
    day = find_model(model).retires
    leaving = [other.id for other in catalogue() if day and other.retires == day]
    return t(lang, "faq.figure.and").join(leaving) or None


_KINDS: dict[str, Callable[..., str | None]] = {
    "tokens": _tokens,
    "parts": _parts,
    "seen": _seen,
    "cost": _cost,
    "fits": _fits,
    "price": _price,
    "context": _context,
    "retires": _retires,
    "leaving": _leaving,
}
