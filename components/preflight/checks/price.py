"""8. A picture that costs many times what it would at the next lower detail."""

from collections.abc import Iterator

from components.preflight.crops import scale_at
from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import whole
from components.preflight.types import Finding, Fix
from components.pricing import cost, price_of

_ORDER = ("low", "high", "original")


def price(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """costly: the same question with this one picture costs more than N times as much as a level
    below. Where "auto" means original, checks/model.py says it."""
    known = asking.known
    level = known.auto_is if facts.detail == "auto" else facts.detail
    if facts.detail == "auto" and level == "original":
        return
    lower = _lower(level, known.details)
    now = asking.image_tokens(facts.size, level)
    then = asking.image_tokens(facts.size, lower) if lower else None
    if now is None or then is None or now < whole("cost", "least_tokens"):
        return
    times = (now + asking.texts) / (then + asking.texts)
    if times <= asking.times:
        return
    rate = price_of(asking.model)
    data = {
        "detail": level,
        "lower": lower,
        "tokens": now,
        "lower_tokens": then,
        "times": round(times, 1),
        "usd": cost(rate, input=now + asking.texts),
        "lower_usd": cost(rate, input=then + asking.texts),
    }
    fixes = (Fix("detail", detail=lower),) if keeps_text(facts, asking, lower) else ()
    yield Finding("costly", "note", "pay-less", data, fixes)


def keeps_text(facts: ImageFacts, asking: PlannedRequest, level: str) -> bool:
    """Whether no line that can be read now would get too small at `level`."""
    scale = scale_at(asking.model, facts.size, level, asking.host)
    read = [one.line for one in facts.lines or () if one.state == "read" and not one.small]
    return all(line.height * scale >= line.needed for line in read)


def _lower(level: str, details: tuple[str, ...]) -> str:
    if level not in _ORDER:
        return ""
    below = [one for one in _ORDER[: _ORDER.index(level)] if one in details]
    return below[-1] if below else ""
