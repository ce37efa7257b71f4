"""A row kept verbatim, and given back as long as its case is still what was read from it."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from components.cases.case import Case, CaseSet
from components.cases.formats.pictures import Pictures, unstowed
from components.cases.formats.source import inside, of_bytes
from components.cases.loss import Tally

ReadRow = Callable[[Any, Pictures], Case]


def kept(case: Case, name: str, pictures: Pictures, row: Any, **more: Any) -> Case:
    """`case` with what only the format `name` can say."""
    extra = {**pictures.stowed(row), **more}
    return dataclasses.replace(case, extra={**case.extra, name: extra})


def original(case: Case, name: str, cases: CaseSet) -> Any:
    """The row as it came, images and all; None for a case that came from elsewhere."""
    held = case.extra.get(name)
    if not isinstance(held, Mapping) or "value" not in held:
        return None
    try:
        return unstowed(held, cases.images)
    except (KeyError, IndexError, TypeError):  # an image was removed
        return None


def unchanged(case: Case, name: str, row: Any, cases: CaseSet, read_row: ReadRow) -> bool:
    """Whether `row` says what `case` is, but for its id and what other formats say."""
    held = case.extra[name]
    nothing = of_bytes(b"", "")
    pictures = Pictures(
        nothing, Tally(), cases.images, held.get("paths", {}), held.get("texts", {})
    )
    again = read_row(row, pictures)
    return dataclasses.replace(again, id=case.id, extra=case.extra) == case


def companions(cases: CaseSet, name: str, base: str, tally: Tally) -> dict[str, bytes]:
    """The images that rows as they came name by a path, by that path. base: the file's folder."""
    found: dict[str, bytes] = {}
    for case in cases.cases:
        paths = case.extra.get(name, {}).get("paths", {})
        if paths:
            tally.case("image_path")
        for written, image in paths.items():
            path = inside(base, written)
            if path is not None and image in cases.images:
                found[path] = cases.images[image]
    return found
