"""The model that a newer one is most like, by its name: "gpt-6.3-sol" -> "gpt-6.2-sol".

A name is read as a brand, a version and words ("gpt", 6.3, {"sol"}). The row that shares most
words is the nearest, then the one whose version is closest, then the one with the fewest words of
its own; among equals the catalogue's order decides, newest first.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from components.models.types import Model

_ANYWHERE = frozenset({"gpt", "claude", "gemini"})  # "my-gpt-4o": a deployment's own name
_AT_THE_START = frozenset({"o", "qwen", "llava", "chatgpt"})
_PARTS = re.compile(r"[a-z]+|\d+")
_VERSION = re.compile(r"(?<!\d)(\d{1,2})(?:[.-](\d))?(?!\d)")
# What says nothing about which model it is; no tier ("mini", "pro", "sol") is among them.
_SILENT = frozenset({"latest", "preview", "exp", "experimental", "instruct", "b"})
_NEWEST = (99, 0)
_ONE_GENERATION = 10  # as _distance counts: what is further away costs what it likes


@dataclass(frozen=True)
class Name:
    """A model's name in parts. version: (major, minor), the newest where none is named."""

    brand: str
    version: tuple[int, int]
    words: frozenset[str]


def read(name: str) -> Name | None:
    """The parts of a plain, lower-case id; None for brands that no row could stand for."""
    parts = _PARTS.findall(name)
    place = next((n for n, part in enumerate(parts) if part in _ANYWHERE), None)
    if place is None and parts and parts[0] in _AT_THE_START:
        place = 0
    if place is None:
        return None
    brand = parts[place]
    rest = name[name.index(brand) + len(brand) :]
    if brand == "o" and not rest[:1].isdigit():
        return None
    found = _VERSION.search(rest)
    version = (int(found[1]), int(found[2] or 0)) if found else _NEWEST
    words = frozenset(re.findall(r"[a-z]+", rest)) - _SILENT
    return Name("gpt" if brand == "chatgpt" else brand, version, words)


def nearest(name: str, rows: Iterable[tuple[str, Model]]) -> tuple[str, Model, bool] | None:
    """The name and the row that `name` is most like, and whether both differ by their version
    alone, by one generation at most.

    rows: (name, model) in the catalogue's order. Only models that see images are taken: one that
    nobody knows may see them.
    """
    asked = read(name)
    if asked is None:
        return None
    best: tuple[tuple[int, int, int], str, Model, bool] | None = None
    for other, model in rows:
        known = read(other)
        if known is None or known.brand != asked.brand or not model.vision:
            continue
        shared = len(known.words & asked.words)
        if not model.chat and not shared:
            continue
        rank = (-shared, _distance(known, asked), len(known.words - asked.words))
        if best is None or rank < best[0]:
            same = known.words == asked.words and rank[1] <= _ONE_GENERATION
            best = rank, other, model, same
    return best[1:] if best else None


def _distance(known: Name, asked: Name) -> int:
    (major, minor), (wanted, of) = known.version, asked.version
    return abs((wanted - major) * 10 + of - minor)
