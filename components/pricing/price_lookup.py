"""The price book: what a model costs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from components.models import Model, find_model, priced_like
from components.pricing.library import library_price
from components.pricing.overrides import Override, overrides
from components.pricing.types import Price

_ZERO = Decimal(0)
FREE = Price(_ZERO, _ZERO, _ZERO, source="runs in this app")


def price_of(
    model_id: str,
    *,
    at: datetime | None = None,
    batch: bool = False,
    corrections: Mapping[str, Override] | None = None,
) -> Price | None:
    """The list price of a model, None when it isn't known. Never touches the network.

    at: when (now by default; without a zone it is UTC), as some prices change on a known day.
    batch: of the batch interface. A deployment of your own (Azure, a gateway) is taken for the
    vendor's model of that name; open models that run on any machine have no price. A model that
    no row knows has the price of the one it is taken for, if only their versions differ (assumed).
    """
    model = find_model(model_id)
    if model.endpoint_kind == "builtin":
        return FREE
    time = at or datetime.now(UTC)
    time = time if time.tzinfo else time.replace(tzinfo=UTC)
    known = overrides() if corrections is None else corrections
    price = _price(model_id, model, time, batch, known)
    if price is None and (like := priced_like(model_id)):
        price = _price(like, find_model(like), time, batch, known)
        return None if price is None else replace(price, assumed=like)
    return price


def _price(
    model_id: str, model: Model, time: datetime, batch: bool, known: Mapping[str, Override]
) -> Price | None:
    name = model_id.strip().lower()
    price = _listed(name, model, time, batch)
    override = known.get(name)
    if override is None and price is None and not name.startswith("ft:"):
        override = known.get(model.id)  # a dated snapshot, or an id with its owner's name
    return price if override is None or batch else override.apply(price)


def _listed(name: str, model: Model, time: datetime, batch: bool) -> Price | None:
    for candidate, provider in _candidates(name, model):
        price = library_price(candidate, provider=provider, at=time, batch=batch)
        if price is not None:
            return price
    return None


def _candidates(name: str, model: Model) -> Iterator[tuple[str, str | None]]:
    """(id, provider of the library) to try, the closest first."""
    openai = model.vendor == "OpenAI"
    if "/" in name:
        yield name, "openrouter"
        name = name.rsplit("/", 1)[-1]
    # "gemma3:4b" is a tag of a local server: its weights may carry the name of a paid model.
    if ":" in name and not openai:
        return
    yield name, "openai" if openai else None
    # A fine-tuned model costs more than its base, so the base's price would be wrong.
    if openai and not name.startswith("ft:"):
        yield model.id, "openai"
