"""7. The model and its endpoint, for one picture."""

from collections.abc import Iterator

from components.preflight.checks.price import keeps_text
from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.types import Finding, Fix, Severity
from components.tokens import count_image_tokens


def model(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """rejected_size, no_such_detail, detail_ignored, auto_is_original."""
    known = asking.known
    if not known.vision:
        return
    if facts.seen is None:
        yield _rejected(facts, asking)
        return
    name = {"model": known.name}
    if known.known and facts.detail not in ("auto", *known.details):
        used = _used_instead(facts.detail, known.auto_is)
        data = {**name, "detail": facts.detail, "used": used}
        yield Finding(
            "no_such_detail", "note", "detail-levels", data, (Fix("detail", detail="auto"),)
        )
    elif facts.detail != "auto" and _all_alike(asking):
        yield Finding("detail_ignored", "note", "detail-levels", {**name, "detail": facts.detail})
    elif facts.detail == "auto" and known.auto_is == "original":
        yield from _auto(facts, asking)


def _rejected(facts: ImageFacts, asking: PlannedRequest) -> Finding:
    levels = [
        level
        for level in ("high", "low")
        if level in asking.known.details
        and count_image_tokens(asking.model, *facts.size, level, host=asking.host).status == "ok"
    ]
    data = {"model": asking.known.name, "width": facts.size[0], "height": facts.size[1]}
    fixes = tuple(Fix("detail", detail=level) for level in levels[:1])
    return Finding("rejected_size", "stop", "too-many-patches", data, fixes)


def _used_instead(detail: str, auto_is: str) -> str:
    # As components/providers/payload.py sends it.
    return "high" if detail == "original" else auto_is


def _all_alike(asking: PlannedRequest) -> bool:
    """Whether a large picture costs the same at every level that there is."""
    tokens = {asking.image_tokens((4096, 3072), level) for level in asking.known.details}
    return len(tokens) == 1 and None not in tokens and len(asking.known.details) > 1


def _auto(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    whole, high = (asking.image_tokens(facts.size, level) for level in ("original", "high"))
    if whole is None or high is None or whole <= high:
        return
    times = (whole + asking.texts) / (high + asking.texts)
    data = {
        "model": asking.known.name,
        "tokens": whole,
        "high_tokens": high,
        "times": round(times, 1),
    }
    severity: Severity = "warning" if times > asking.times else "note"
    fix = Fix("detail", detail="high")
    yield Finding(
        "auto_is_original",
        severity,
        "auto-detail",
        data,
        (fix,) if keeps_text(facts, asking, "high") else (),
    )
