"""9. What a picture tells besides what it shows, and private text in it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from components.preflight.image_facts import ImageFacts
from components.preflight.lines import Line
from components.preflight.planned_request import PlannedRequest
from components.preflight.private import KINDS, Kind, find_private
from components.preflight.types import Box, Finding, Fix

_FAQ = "what-this-app-keeps"


def privacy(facts: ImageFacts, asking: PlannedRequest) -> Iterator[Finding]:
    """place_removed, camera_removed (or _sent, where the file goes as it is); private_card, _id,
    _key, _mail: text that looks like one."""
    yield from _metadata(facts)
    found = private_boxes([one.line for one in facts.lines or ()])
    for kind in KINDS:
        boxes = found.get(kind, ())
        if boxes:
            gentle = kind == "mail" or asking.stays_here
            yield Finding(
                f"private_{kind}",
                "note" if gentle else "warning",
                "key-safety" if kind == "key" else _FAQ,
                {"n": len(boxes)},
                (Fix("cover", boxes),),
                boxes=boxes,
            )


def typed(asking: PlannedRequest) -> Iterator[Finding]:
    """private_typed: the question itself holds a card number, an identity number or a key."""
    kinds = [one.kind for one in find_private(asking.question) if one.kind != "mail"]
    if kinds and not asking.stays_here:
        faq = "key-safety" if "key" in kinds else _FAQ
        yield Finding("private_typed", "warning", faq, {"n": len(kinds)})


def private_boxes(lines: Sequence[Line]) -> dict[Kind, tuple[Box, ...]]:
    """Boxes of the lines that hold private text. Pieces that stand side by side are read together:
    a card number is often found in four of them."""
    rows: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        rows[line.row].append(line)
    boxes: dict[Kind, list[Box]] = defaultdict(list)
    for row in rows.values():
        for private in find_private(" ".join(line.text for line in row)):
            touched = _touched(row, private.start, private.end)
            boxes[private.kind] += [box for box in touched if box not in boxes[private.kind]]
    return {kind: tuple(found) for kind, found in boxes.items()}


def _touched(row: Sequence[Line], start: int, end: int) -> Iterator[Box]:
    at = 0
    for line in row:
        if at < end and start < at + len(line.text):
            yield line.box
        at += len(line.text) + 1


def _metadata(facts: ImageFacts) -> Iterator[Finding]:
    told = "sent" if facts.as_is else "removed"
    faq = "metadata"
    if facts.info.has_gps:
        yield Finding(f"place_{told}", "warning" if facts.as_is else "note", faq)
    if facts.camera:
        yield Finding(f"camera_{told}", "note", faq, {"camera": facts.camera})
