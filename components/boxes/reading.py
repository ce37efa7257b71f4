"""Boxes in an answer."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from components.boxes.types import Four
from components.markdown.json_answer import check_json

MOST = 500  # boxes of an answer that are looked at
_NAMES = (
    ("x1", "y1", "x2", "y2"),
    ("xmin", "ymin", "xmax", "ymax"),
    ("x_min", "y_min", "x_max", "y_max"),
    ("left", "top", "right", "bottom"),
    ("x", "y", "width", "height"),
    ("x", "y", "w", "h"),
)
_NUMBER = r"[-+]?(?:\d{1,12}(?:\.\d{1,20})?|\.\d{1,20})(?:[eE][-+]?\d{1,2})?"
_GAP = r"(?:\s*[,;]\s*|\s+)"
_BRACKETED = re.compile(rf"[\[(<{{]\s*({_NUMBER}(?:{_GAP}{_NUMBER}){{3}})\s*[\])>}}]")
_CORNERS = re.compile(
    rf"[\[(]\s*({_NUMBER}){_GAP}({_NUMBER})\s*[\])]\s*,?\s*[\[(]\s*({_NUMBER}){_GAP}({_NUMBER})\s*[\])]"
)
_BARE = re.compile(rf"^\W*({_NUMBER}(?:\s*,\s*{_NUMBER}){{3}})\W*$")


def boxes_in(answer: str) -> list[Four]:
    """Fours of numbers, as they are said: lists of four in JSON at any depth, objects that name
    their corners, four numbers in brackets, two corners in brackets, four numbers alone."""
    checked = check_json(answer)
    found = list(_of_json(checked.value, 0)) if checked.ok else []
    if not found:
        found = list(_of_text(answer))
    return found[:MOST]


def _of_json(value: Any, depth: int) -> Iterator[Four]:
    if depth > 20:
        return
    if isinstance(value, Mapping):
        named = next((keys for keys in _NAMES if all(key in value for key in keys)), None)
        if named and (four := _four([value[key] for key in named])):
            yield four
            return
        for each in value.values():
            yield from _of_json(each, depth + 1)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        four = _four(value)
        if four is None and len(value) == 2 and all(_is_pair(each) for each in value):
            four = _four([*value[0], *value[1]])
        if four:
            yield four
            return
        for each in value:
            yield from _of_json(each, depth + 1)
    elif isinstance(value, str):
        yield from _of_text(value)


def _of_text(text: str) -> Iterator[Four]:
    found = [
        (match.start(), tuple(map(float, re.findall(_NUMBER, match[0]))))
        for pattern in (_BRACKETED, _CORNERS)
        for match in pattern.finditer(text)
    ]
    if not found and (bare := _BARE.match(text)):
        found = [(0, tuple(map(float, re.findall(_NUMBER, bare[1]))))]
    for _, numbers in sorted(found):
        if four := _four(numbers):
            yield four


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _four(values: Sequence[Any]) -> Four | None:
    if len(values) != 4 or any(isinstance(each, bool) for each in values):
        return None
    if not all(isinstance(each, int | float) and abs(each) < 1e9 for each in values):
        return None
    a, b, c, d = (float(each) for each in values)
    return (a, b, c, d) if all(map(math.isfinite, (a, b, c, d))) else None
