"""Grader choice: a letter, or what an option says; circular, in every rotation."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from components.graders.normalise import unified, usual
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Why, right, unsure
from components.graders.words import found_in

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FEW = 8  # letters where no options are given
_BOXED = re.compile(r"\\boxed\{(?:\\text\{)?([^{}]{0,200})\}+")
_MARK = (
    r"(?:\b(?:final\s+answer|answer|option|choice|choose|pick|select|it's|is)\b|(?<![不没])(?:最终答案|答案|"
    r"选项|选择|应选|选|是|为))"
    r"(?:\s|[:：=\"'(\[<]|\b(?:is|are|be|would|option|letter|choice|the)\b|[是为应选该项])*"
)
_ALSO = r"(?:\s*(?:,|/|、|和|与|或|\bor\b|\band\b|&)\s*\(?)"
_NOT = re.compile(r"(?:\b(?:not|isn't|no|never|neither|nor)(?:\s+(?:a|an|the))?\s*|[不没非]是?)$")


def choice(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value: the right letter, or the right option's text; choices: the options' texts in order.

    circular: `reply.rotations` has an answer for each rotation, the first option going to the end
    each time, and all have to be right; shown: the options of each, where they were others. score:
    then the share that is right. facts: read.
    """
    settings = Settings(given)
    options = settings.texts("choices") if settings.has("choices") else ()
    at = _right(settings, options)
    if settings.flag("circular") and reply.rotations:
        return _circular(settings, options, at, reply.rotations)
    return _one(reply.text, options, at)


def letter_of(text: str, options: Sequence[str]) -> str | None:
    """The one letter that `text` chooses, None where it can't be told. options: their texts in
    order, empty if they aren't known."""
    letters = _LETTERS[: len(options) or _FEW]
    plain = _BOXED.sub(r" answer: \1 ", unified(text)).strip()
    bare = plain.strip(" \t\n.,:;!?()[]{}<>\"'。，：；！？（）【】《》「」")
    if len(bare) == 1 and bare.upper() in letters:
        return bare.upper()
    line = usual(text)
    same = [n for n, option in enumerate(options) if usual(option) == line]
    if len(same) == 1:
        return letters[same[0]]
    named = _options_in(line, options)
    marked = _marked(plain, letters)
    if len(marked) == 1:
        letter = marked.pop()
        beside = _beside(plain, letter, options)
        return letter if beside in (None, letter) else None
    if marked:
        return None
    return letters[named.pop()] if len(named) == 1 else None


def _right(settings: Settings, options: Sequence[str]) -> int:
    wanted = settings.text("value").strip()
    letters = _LETTERS[: len(options) or _FEW]
    same = [n for n, option in enumerate(options) if option.strip() == wanted]
    if len(wanted) == 1 and wanted.upper() in letters and not same:
        return letters.index(wanted.upper())
    if len(same) != 1 or len(options) > len(_LETTERS):
        raise settings.bad("value")
    return same[0]


def _one(text: str, options: Sequence[str], at: int) -> Grade:
    letter = letter_of(text, options)
    if letter is None:
        return unsure("choice_none")
    facts = {"read": letter}
    if letter == _LETTERS[at]:
        return Grade("right", right("choice", letter=letter).why, facts=facts)
    return Grade(
        "wrong", Why("choice_other", {"letter": letter, "wanted": _LETTERS[at]}), facts=facts
    )


def _circular(settings: Settings, options: Sequence[str], at: int, answers: Sequence[str]) -> Grade:
    if not options:
        raise settings.missing("choices")
    shown = settings.given.get("shown")
    orders = shown if isinstance(shown, list) else rotations(options)
    grades = []
    for order, answer in zip(orders, answers, strict=False):
        if not isinstance(order, list | tuple) or options[at] not in order:
            raise settings.bad("shown")
        grades.append(_one(answer, order, list(order).index(options[at])))
    n, of = sum(each.verdict == "right" for each in grades), len(orders)
    facts = {"rotations": [each.verdict for each in grades]}
    score = n / of
    if any(each.verdict == "wrong" for each in grades):
        return Grade("wrong", Why("choice_circular_not", {"n": n, "of": of}), score, facts)
    if n < of:
        return Grade("unsure", Why("choice_circular_open", {"n": n, "of": of}), score, facts)
    return Grade("right", Why("choice_circular", {"n": n}), score, facts)


def rotations(options: Sequence[str]) -> list[tuple[str, ...]]:
    """Every rotation of `options`, the first as given."""
    return [(*options[n:], *options[:n]) for n in range(len(options))]


def _marked(plain: str, letters: str) -> set[str]:
    """Letters after a mark, at the start before a sign, and those put to them by "or"."""
    one = f"[{letters}]"
    alone = rf"({one})(?![A-Za-z0-9'])"
    article = r"(?!(?<=A)\s+[a-z])(?!(?<=I)\s+[a-z])"
    found: set[str] = set()
    starts = rf"(?:^|\n)\s*[(\[]?({one})(?:[)\].:：、，,。]|[ \t]*(?:\n|$)|\s+[-–—]\s)"
    # Other words than letters in any case; letters in capitals.
    for match in re.finditer(rf"(?i:{_MARK}){alone}{article}|{starts}", plain):
        letter = match[1] or match[2]
        found.add(letter)
        rest = match.end()
        while also := re.compile(rf"(?i:{_ALSO}){alone}{article}").match(plain, rest):
            found.add(also[1])
            rest = also.end()
    return found


def _beside(plain: str, letter: str, options: Sequence[str]) -> str | None:
    """The option that is named right after the letter: "C. blue", "C (blue)"."""
    match = re.search(rf"(?<![A-Za-z]){letter}\s*[.):：、(-]+\s*([^\n.;)]*)", plain)
    if not match or not match[1].strip():
        return None
    said = usual(match[1])
    same = [n for n, option in enumerate(options) if usual(option) == said]
    return _LETTERS[same[0]] if len(same) == 1 else None


def _options_in(text: str, options: Sequence[str]) -> set[int]:
    """Options whose texts stand in `text` and in no longer option's there; all of them for one
    after a "not"."""
    places: dict[int, tuple[int, int]] = {}
    for n, option in enumerate(options):
        wanted = usual(option)
        if wanted and (at := found_in(text, wanted)) is not None:
            places[n] = (at, at + len(wanted))
    named = {
        n
        for n, (start, end) in places.items()
        if not any(
            a <= start and end <= b and (b - a) > (end - start) for m, (a, b) in places.items()
        )
    }
    if any(_NOT.search(text[max(0, places[n][0] - 16) : places[n][0]]) for n in named):
        return set(range(len(options)))
    return named
