"""5. Other than Latin letters, for models that are known to read them less well."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from components.preflight.image_facts import ImageFacts
from components.preflight.planned_request import PlannedRequest
from components.preflight.settings import load
from components.preflight.types import Finding


def writing(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """non_latin: the picture holds such text and weak_writing.toml names the model."""
    if asking.known.id not in {row["id"] for row in load("weak_writing")["model"]}:
        return
    lines = [one.line for one in facts.lines or () if one.line.counts]
    foreign = [line for line in lines if _foreign(line.text)]
    if foreign:
        data = {"n": len(foreign), "total": len(lines), "model": asking.known.name}
        boxes = tuple(line.box for line in foreign)
        yield Finding("non_latin", "note", "non-latin-text", data, boxes=boxes)


def _foreign(text: str) -> bool:
    """Whether most of its letters aren't Latin. Digits and signs belong to all."""
    kinds = Counter("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())
    return kinds[False] > kinds[True]
