"""Answers of a run under the graders of their cases, as data that the store keeps."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.cases.judging.votes import by_answer, judged, waits
from components.cases.request import sent_size
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, CaseRun
from components.errors import ImageError
from components.graders import GRADERS, Grade, GraderError, Reply, Why, grade_all

Graded = Mapping[str, Any]
"""verdict, score, code (of the sentence cases.why.<code>), data (which fills it), facts, and of
several graders `each` of them, with its name. waits: a judge is still to be asked."""


def is_ready(answers: Sequence[Answer]) -> bool:
    """Whether all rotations of one try have an answer."""
    return all(each.state == "ok" for each in answers)


def graded(
    asked: Asked, run: CaseRun, answers: Sequence[Answer], judgements: Sequence[Answer] = ()
) -> Graded:
    """answers: the rotations of one try, in order. judgements: requests to judges about it."""
    first = answers[0]
    graders = asked.graders(first.case)
    ours = [each for each in graders if each["grader"] in GRADERS]
    others = [str(each["grader"]) for each in graders if each["grader"] not in GRADERS]
    if not ours:
        return _data(Grade("unsure", Why("not_graded" if others else "no_grader", _names(others))))
    try:
        reply = _reply(asked, run, answers, judgements)
        whole, each = grade_all(ours, reply)
    except GraderError as error:
        return _data(Grade("unsure", Why("grader_bad", {"code": error.code})))
    if others and whole.verdict == "right":
        whole = Grade("unsure", Why("not_graded", _names(others)), whole.score)
    found = _data(whole)
    if waits(judgements):
        found["waits"] = True
    if len(each) > 1:
        found["each"] = [
            {"grader": str(grader["grader"]), **_data(grade)}
            for grader, grade in zip(ours, each, strict=True)
        ]
    return found


def grade_again(
    asked: Asked, run: CaseRun, answers: Sequence[Answer], judgements: Sequence[Answer] = ()
) -> dict[str, Graded]:
    """Of every try that is answered, by the id of its first answer. Nothing is asked for."""
    found, about = {}, by_answer(judgements)
    for tries in tries_of(answers):
        if is_ready(tries):
            found[tries[0].id] = graded(asked, run, tries, about.get(tries[0].id, ()))
    return found


def tries_of(answers: Sequence[Answer]) -> list[list[Answer]]:
    """Those that belong together, in the order of their rotations."""
    found: dict[tuple[int, int, int], list[Answer]] = {}
    for answer in answers:
        found.setdefault(answer.place, []).append(answer)
    return [sorted(each, key=lambda answer: answer.rotation) for each in found.values()]


def _reply(
    asked: Asked, run: CaseRun, answers: Sequence[Answer], judgements: Sequence[Answer]
) -> Reply:
    first = answers[0]
    result = first.result
    setting = run.settings[first.column]
    image = next(iter(asked.cases[first.case].images), None)
    facts = asked.images.get(image.image) if image else None
    sent = None
    if image and facts:
        try:
            sent = sent_size(image, facts, setting)
        except ImageError:
            sent = None
    return Reply(
        text=first.text,
        rotations=tuple(each.text for each in answers) if len(answers) > 1 else (),
        image=(facts.width, facts.height) if facts else None,
        sent=sent,
        cost=first.kept_cost if first.kept_from else (result.cost if result else None),
        ms=None if first.kept_from or result is None else result.ms_total,
        finish=result.finish_reason if result else None,
        refused=(result.finish_reason == "refusal") if result else None,
        judged=judged(asked, run, first.case, judgements),
    )


def _names(others: Sequence[str]) -> dict[str, object]:
    return {"names": ", ".join(dict.fromkeys(others))} if others else {}


def _data(grade: Grade) -> dict[str, Any]:
    return {
        "verdict": grade.verdict,
        "score": grade.score,
        "code": grade.why.code,
        "data": {name: _plain(value) for name, value in grade.why.data.items()},
        "facts": dict(grade.facts),
    }


def _plain(value: object) -> object:
    """As JSON takes it, and a sentence shows it."""
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
