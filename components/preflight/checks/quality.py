"""4. Blurred, dark, pale, lost on its ground: what a person can't see, the model can't either."""

from collections.abc import Iterator

from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.types import Finding

_FAQ = "unclear-images"


def quality(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """blurred, dark, low_contrast: at the size that the model sees, the worst of them. hidden:
    something is lost where transparency gives way to a plain ground."""
    if facts.look is not None and facts.look.hidden:
        yield Finding("hidden", "warning", _FAQ)
    if facts.look is None or facts.look.trouble is None:
        return
    if facts.look.trouble == "blurred" and _reads_well(facts):
        return
    seen = facts.seen or facts.size
    data = {
        "brightness": round(facts.look.brightness),
        "contrast": round(facts.look.contrast),
        "width": seen[0],
        "height": seen[1],
    }
    yield Finding(facts.look.trouble, "warning", _FAQ, data)


def _reads_well(facts: ImageFacts) -> bool:
    """Most of its text still comes out at that size, whatever its edges look like."""
    counted = [one for one in facts.lines or () if one.line.counts]
    read = [one for one in counted if one.measured and one.state == "read" and not one.small]
    return len(read) > len(counted) / 2
