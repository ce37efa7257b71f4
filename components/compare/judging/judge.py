"""Whether an answer is right, and how far answers agree; each says by which measure."""

import json
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from statistics import fmean
from typing import Any, Literal

from components.compare.judging.answer_parsing import (
    Verdict,
    normalised,
    numbers,
    verdict,
)
from components.graders.numerals import chosen, number_alone
from components.markdown.json_answer import check_json
from components.texts import difference_marks
from components.texts.words import words

Measure = Literal["exact", "verdict", "numbers", "similarity"]
JudgedBy = Literal["json", "number", "exact", "contains"]
_FEW = 5
"""Numbers in an answer that is about them; a description has more by the way."""
_SHORT = 40  # characters of an answer that is compared as a whole


@dataclass(frozen=True)
class Agreement:
    """How far answers agree. share, 0 to 1: for "exact" and "numbers" of answers in the largest
    group that says the same (so for "verdict"), `of` them being `same`; for "similarity" the mean
    likeness of two.
    """

    measure: Measure
    share: float
    same: int
    of: int


@dataclass(frozen=True)
class Judgement:
    """by: how it was compared. sure: False where a number is right but others stand beside it,
    of which the answer may mean any."""

    right: bool
    by: JudgedBy
    sure: bool = True


def agreement(
    answers: Sequence[str], measure: Measure | None = None, letters: tuple[str, ...] = ()
) -> Agreement | None:
    """How far `answers` (of one cell asked again and again) agree; None for fewer than two.

    measure: by default "verdict" where each decides something (yes, no, an image's letter),
    "exact" where all are the same or short, "numbers" where each has a few, "similarity"
    otherwise. letters: as of `verdict`.
    """
    if len(answers) < 2:
        return None
    lines = [normalised(text) for text in answers]
    figures = [numbers(text) for text in answers]
    verdicts = [verdict(text, letters) for text in answers]
    measure = measure or _measure(lines, figures, verdicts)
    if measure == "similarity":
        pairs = [difference_marks(a, b).likeness for a, b in combinations(lines, 2)]
        _, same = Counter(lines).most_common(1)[0]
        return Agreement("similarity", fmean(pairs), same, len(answers))
    by: dict[str, Sequence[Hashable]] = {"numbers": figures, "verdict": verdicts}
    keys = by.get(measure, lines)
    _, same = Counter(keys).most_common(1)[0]
    return Agreement(measure, same / len(answers), same, len(answers))


def _measure(
    lines: Sequence[str],
    figures: Sequence[tuple[Decimal, ...]],
    verdicts: Sequence[Verdict | None],
) -> Measure:
    if len(set(lines)) == 1:
        return "exact"
    decided = {found for found in verdicts if found and found.kind != "number"}
    if decided and all(found in decided for found in verdicts):
        short = all(len(line) <= _SHORT for line in lines)
        return "exact" if short and len(decided) == len(set(lines)) else "verdict"
    if all(1 <= len(found) <= _FEW for found in figures):
        return "numbers"
    return "exact" if all(len(line) <= _SHORT for line in lines) else "similarity"


def judge(answer: str, accepted: str, letters: tuple[str, ...] = ()) -> Judgement:
    """Whether `answer` says what `accepted` does. What `accepted` is decides how:

    a JSON object or list: the answer's JSON is equal ("json"); a number: it stands in the answer
    ("number"); a letter of an image, yes, no, same, different: the answer's verdict is that
    ("exact"); anything else: its words stand in the answer in this order ("contains"), which a
    "not" before them isn't noticed by.
    """
    wanted = check_json(accepted)
    if wanted.ok and isinstance(wanted.value, dict | list):
        said = check_json(answer)
        return Judgement(said.ok and _canonical(said.value) == _canonical(wanted.value), "json")
    number = number_alone(accepted)
    if number is not None:
        return _by_number(answer, number)
    decided = verdict(accepted, letters) if len(accepted.strip()) <= _SHORT else None
    if decided is not None and normalised(accepted):
        return Judgement(verdict(answer, letters) == decided, "exact")
    return Judgement(_contains(answer, accepted), "contains")


def _by_number(answer: str, number: Decimal) -> Judgement:
    said = {each.value for each in chosen(answer)}
    return Judgement(number in said, "number", sure=len(said) <= 1)


def _contains(answer: str, accepted: str) -> bool:
    wanted = [w.strip() for w in words(normalised(accepted))]
    said = [w.strip() for w in words(normalised(answer))]
    if not wanted:
        return not said
    size = len(wanted)
    return any(said[at : at + size] == wanted for at in range(len(said) - size + 1))


def _canonical(value: Any) -> str:
    """Equal for equal values: 1 and 1.0, whatever the order of keys; true isn't 1."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case float() if value.is_integer():
            return int(value)
    return value
