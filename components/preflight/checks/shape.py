"""3. Panoramas and other extreme shapes."""

from collections.abc import Iterator

from components.preflight.crops import shape_parts
from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import number, whole
from components.preflight.types import Finding, Fix

_FAQ = "panoramas"


def shape(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """panorama: an extreme shape of which shrinking leaves little; long_shape: one that arrives
    nearly whole; sliver: one in which nothing can be made out."""
    seen, size = facts.seen, facts.size
    if seen is None:
        return
    ratio = max(size) / min(size)
    data = {
        "width": size[0],
        "height": size[1],
        "seen_width": seen[0],
        "seen_height": seen[1],
        "ratio": round(ratio, 1),
    }
    shrunk = facts.scale < number("shape", "loss")
    if min(seen) < whole("shape", "sliver") and max(seen) > whole("shape", "sliver"):
        fixes = (
            (Fix("split", shape_parts(size, asking.model, facts.detail, asking.host)),)
            if shrunk
            else ()
        )
        yield Finding("sliver", "warning", _FAQ, data, fixes)
    elif ratio >= number("shape", "long"):
        if shrunk:
            fix = Fix("split", shape_parts(size, asking.model, facts.detail, asking.host))
            yield Finding("panorama", "warning", _FAQ, data, (fix,))
        else:
            yield Finding("long_shape", "note", _FAQ, data)
