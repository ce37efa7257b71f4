"""2. Pictures and lines that don't stand upright."""

from collections import Counter
from collections.abc import Iterator

from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import number, whole
from components.preflight.types import Finding, Fix

_FAQ = "rotated-images"


def turned(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """turned: most text stands sideways or on its head, so the whole picture does. turned_part:
    a good part of it stands another way. A picture without text tells nothing."""
    lines = [one.line for one in facts.lines or () if one.line.counts]
    votes: Counter[int] = Counter()
    for line in lines:
        votes[round(line.angle / 90) % 4 * 90] += line.letters
    total = votes.total()
    if total < whole("turned", "least"):
        return
    angle, most = votes.most_common(1)[0]
    if angle and most > total / 2:
        fix = Fix("turn", degrees=360 - angle)
        yield Finding("turned", "warning", _FAQ, {"degrees": angle}, (fix,))
        return
    others = [line for line in lines if round(line.angle / 90) % 4 * 90 != angle]
    if total - most >= max(whole("turned", "least"), number("turned", "part") * total):
        boxes = tuple(line.box for line in others)
        yield Finding(
            "turned_part", "note", _FAQ, {"n": len(others), "total": len(lines)}, boxes=boxes
        )
