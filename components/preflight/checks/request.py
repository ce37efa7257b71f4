"""7. The model and its endpoint, for the request as a whole."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import whole
from components.preflight.types import Finding
from components.pricing.whatif.rules.vendor_limits import limits_of


def request(images: Sequence[ImageFacts], asking: PlannedRequest) -> Iterator[Finding]:
    """no_vision, address_not_fetched, too_many_images, context, assumed, retired, retiring."""
    count = len(images) + asking.addresses
    known = asking.known
    if count and not known.vision:
        yield Finding("no_vision", "stop", "model-names", {"model": known.name})
    if asking.addresses and asking.endpoint and not asking.endpoint.public_urls:
        yield Finding("address_not_fetched", "stop", "image-addresses", {"n": asking.addresses})
    yield from _too_many(count + asking.history_images, asking)
    yield from _context(images, asking)
    if known.like:
        data = {"model": known.name, "like": known.like}
        yield Finding("assumed", "note", "model-names", data)
    yield from _retirement(asking)


def _too_many(count: int, asking: PlannedRequest) -> Iterator[Finding]:
    limits = limits_of(asking.known)
    if limits and limits.images is not None and count > limits.images:
        data = {"n": count, "limit": limits.images, "vendor": limits.vendor}
        yield Finding("too_many_images", "stop", "how-many-images", data)


def _context(images: Sequence[ImageFacts], asking: PlannedRequest) -> Iterator[Finding]:
    """Pictures whose tokens aren't known count nothing: what is certain decides."""
    window = asking.known.context
    tokens = (asking.image_tokens(one.size, one.detail) or 0 for one in images)
    used = sum(tokens) + asking.texts + asking.answer_tokens
    if window and used > window:
        data = {"model": asking.known.name, "tokens": used, "limit": window}
        yield Finding("context", "stop", "long-conversations", data)


def _retirement(asking: PlannedRequest) -> Iterator[Finding]:
    day = asking.known.retires
    if day is None:
        return
    left = (day - asking.today).days
    data = {"model": asking.known.name, "date": day.isoformat(), "days": left}
    if left < 0:
        yield Finding("retired", "warning", "retirement", data)
    elif timedelta(days=left) <= timedelta(days=whole("retirement", "note_days")):
        soon = left <= whole("retirement", "warn_days")
        yield Finding("retiring", "warning" if soon else "note", "retirement", data)
