"""1. Text that gets too small on its way to the model."""

from collections.abc import Iterator, Sequence

from components.preflight.crops import scale_at, text_crops
from components.preflight.image_facts import ImageFacts
from components.preflight.legible import SeenLine
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import number
from components.preflight.types import Finding, Fix, Severity

_FAQ = "small-text"


def small_text(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """text_lost: lines that can be read in the original and not at the model's size. text_small:
    lines that still come out, below the height from which that is safe. text_tiny: lines too
    small in the original, which no setting mends."""
    counted = [one for one in facts.lines or () if one.line.counts]
    lost = [one for one in counted if one.state == "lost"]
    small = [one for one in counted if one.state == "read" and one.small]
    if lost:
        yield _finding("text_lost", lost, counted, facts, asking)
    elif shrunk := [one for one in small if facts.scale < 1]:
        yield _finding("text_small", shrunk, counted, facts, asking)
    elif small:
        yield _finding("text_tiny", small, counted, facts, asking)


def _finding(
    code: str,
    lines: Sequence[SeenLine],
    counted: list[SeenLine],
    facts: ImageFacts,
    asking: PlannedRequest,
) -> Finding:
    smallest = min(lines, key=lambda one: one.height)
    return Finding(
        code,
        _severity(code, smallest),
        _FAQ,
        {
            "n": len(lines),
            "total": len(counted),
            "height": round(smallest.height, 1),
            "needed": round(smallest.line.needed),
            "text": smallest.line.short,
        },
        tuple(_fixes(lines, facts, asking)) if code != "text_tiny" else (),
        boxes=tuple(one.line.box for one in lines),
    )


def _severity(code: str, smallest: SeenLine) -> Severity:
    """Our own reading magnifies what is small and so reads more than a model does."""
    risky = smallest.height < number("text", "risky") * smallest.line.needed
    return "warning" if code == "text_lost" or (code == "text_small" and risky) else "note"


def _fixes(lines: Sequence[SeenLine], facts: ImageFacts, asking: PlannedRequest) -> Iterator[Fix]:
    level = _level(lines, facts, asking)
    if level:
        yield Fix("detail", detail=level)
    wanted = [one.line for one in lines]
    lost_anyway = any(one.state == "lost" and not one.small for one in lines)
    at_least = facts.scale * 1.25 if lost_anyway else 0.0
    boxes = text_crops(
        wanted, facts.size, asking.model, facts.detail, at_least=at_least, host=asking.host
    )
    if boxes:
        yield Fix("crop", boxes)


def _level(lines: Sequence[SeenLine], facts: ImageFacts, asking: PlannedRequest) -> str:
    """The cheapest level at which all of them are tall enough or nearly so, "" without one."""
    helped = [one.line for one in lines if one.line.height >= one.line.needed]
    if not helped:
        return ""
    found = []
    enough_from = number("text", "risky")
    for level in asking.known.details:
        scale = scale_at(asking.model, facts.size, level, asking.host)
        tokens = asking.image_tokens(facts.size, level)
        enough = all(line.height * scale >= enough_from * line.needed for line in helped)
        if level not in ("auto", facts.detail) and scale > facts.scale and enough:
            found.append((tokens or 0, level))
    return min(found)[1] if found else ""
