"""6. and 10. What the words of the question ask for, and that a description can be wrong."""

from collections.abc import Iterator

from components.preflight.planned_request import PlannedRequest
from components.preflight.types import Finding
from components.preflight.words import asks_for_description, slug_of, topics


def question(asking: PlannedRequest) -> Iterator[Finding]:
    """asks_<topic>: a known limit (counting, exact_places, ...). accuracy: a description or
    caption is wanted. Gentle lines, never a block."""
    for topic in topics(asking.question):
        if topic != "describing":
            yield Finding(f"asks_{topic}", "note", slug_of(topic))
    if asks_for_description(asking.question):
        yield Finding("accuracy", "note", slug_of("describing"))
