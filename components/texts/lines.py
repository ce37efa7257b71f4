"""Two texts compared line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from components.texts.marks import Marks, Segment, difference_marks

_PAIRED = 0.3
"""Likeness from which two lines at one place are one line that was changed."""
_AHEAD = 20  # lines that are looked at for a partner


@dataclass(frozen=True)
class LineDifference:
    """One line of either text, or of both.

    kind: "same", "removed" (only in A), "added" (only in B), "replaced" (A's became B's).
    before, after: A's and B's line as segments, None where there is none; a replaced line has
    the words that changed marked. a_number, b_number: of the line, from 1.
    """

    kind: Literal["same", "removed", "added", "replaced"]
    before: tuple[Segment, ...] | None
    after: tuple[Segment, ...] | None
    a_number: int | None
    b_number: int | None

    @property
    def text_before(self) -> str | None:
        """A's line."""
        return None if self.before is None else "".join(one.text for one in self.before)

    @property
    def text_after(self) -> str | None:
        """B's line."""
        return None if self.after is None else "".join(one.text for one in self.after)


def compare_lines(a_lines: Sequence[str], b_lines: Sequence[str]) -> list[LineDifference]:
    """All lines of both texts in order; those that differ say how."""
    a, b = list(a_lines), list(b_lines)
    matcher = SequenceMatcher(None, a, b, autojunk=max(len(a), len(b)) > 1000)
    found: list[LineDifference] = []
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind == "equal":
            for at in range(i_end - i):
                segment = (Segment("same", a[i + at]),)
                other = (Segment("same", b[j + at]),)
                found.append(LineDifference("same", segment, other, i + at + 1, j + at + 1))
        else:
            found += _changed(a[i:i_end], b[j:j_end], i + 1, j + 1)
    return found


def _changed(a: list[str], b: list[str], i: int, j: int) -> list[LineDifference]:
    """Lines without an equal one, paired in order with the one most like them; one line in the
    place of one line always is a pair.

    i, j: the numbers of the first ones.
    """
    if len(a) == len(b) == 1:
        marks = difference_marks(a[0], b[0])
        return [LineDifference("replaced", marks.a, marks.b, i, j)]
    found: list[LineDifference] = []
    at = 0
    for n, line in enumerate(a):
        pair = _most_alike(line, b, at, len(b) - (len(a) - n - 1))
        if pair is None:
            found.append(_only("removed", line, i + n))
            continue
        place, marks = pair
        found += [_only("added", b[k], j + k) for k in range(at, place)]
        found.append(LineDifference("replaced", marks.a, marks.b, i + n, j + place))
        at = place + 1
    return found + [_only("added", b[k], j + k) for k in range(at, len(b))]


def _most_alike(line: str, others: list[str], start: int, end: int) -> tuple[int, Marks] | None:
    """(place, marks) of the one from `start` that is most like `line`, if any is like it enough.

    end: places from here on are wanted by the lines after it; at least one is looked at.
    """
    best: tuple[int, Marks] | None = None
    end = min(max(end, start + 1), start + _AHEAD, len(others))
    for place in range(start, end):
        marks = difference_marks(line, others[place])
        if marks.likeness >= _PAIRED and (best is None or marks.likeness > best[1].likeness):
            best = place, marks
    return best


def _only(kind: Literal["removed", "added"], line: str, number: int) -> LineDifference:
    segment = (Segment(kind, line),)
    if kind == "removed":
        return LineDifference(kind, segment, None, number, None)
    return LineDifference(kind, None, segment, None, number)
