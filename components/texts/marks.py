"""Marks on two texts next to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from components.texts.words import words

_EXACT = 1500
"""Pieces up to which frequent ones count as any other. Beyond, difflib passes over those of
more than 1 %, else a long answer takes seconds."""


@dataclass(frozen=True)
class Segment:
    """A run of text. kind: "same" in both, "removed" (only in A), "added" (only in B)."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Marks:
    """Both texts in full: `a` of "same" and "removed" segments, `b` of "same" and "added".

    likeness: 0 to 1, the share of pieces that are in both.
    """

    a: tuple[Segment, ...]
    b: tuple[Segment, ...]
    likeness: float


def difference_marks(text_a: str, text_b: str) -> Marks:
    """Word by word, in Chinese and Japanese character by character; spaces between words and at
    ends of lines may differ unmarked."""
    a, b = words(text_a), words(text_b)
    keys_a, keys_b = [_key(one) for one in a], [_key(one) for one in b]
    marked_a, marked_b = [False] * len(a), [False] * len(b)
    for start_a, start_b, size in _alike(keys_a, keys_b):
        marked_a[start_a : start_a + size] = [True] * size
        marked_b[start_b : start_b + size] = [True] * size
    pieces = len(a) + len(b)
    return Marks(
        _segments(a, marked_a, "removed"),
        _segments(b, marked_b, "added"),
        (sum(marked_a) + sum(marked_b)) / pieces if pieces else 1.0,
    )


def _alike(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """(start in `a`, start in `b`, length) of runs in both; what both begin and end with first,
    which costs nothing."""
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    inner_a, inner_b = a[head : len(a) - tail], b[head : len(b) - tail]
    junk = max(len(inner_a), len(inner_b)) > _EXACT
    matcher = SequenceMatcher(None, inner_a, inner_b, autojunk=junk)
    inner = [(head + i, head + j, size) for i, j, size in matcher.get_matching_blocks()]
    return [(0, 0, head), *inner, (len(a) - tail, len(b) - tail, tail)]


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many pieces both begin with."""
    for at, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            return at
    return min(len(a), len(b))


def _key(piece: str) -> str:
    return piece if piece == "\n" or not piece.strip() else piece.strip()


def _segments(
    pieces: Sequence[str], same: Sequence[bool], other: Literal["removed", "added"]
) -> tuple[Segment, ...]:
    runs = groupby(zip(same, pieces, strict=True), key=lambda one: one[0])
    return tuple(
        Segment("same" if alike else other, "".join(piece for _, piece in run))
        for alike, run in runs
    )
