"""An earlier run under the graders that its set has now: a run of its own, with its answers."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from components.cases.case import Case, CaseSet
from components.cases.errors import CaseError
from components.cases.grading import graded, is_ready, tries_of
from components.cases.judging.rubrics import column_of
from components.cases.judging.votes import by_answer
from components.cases.plan import Plan, Target, Wish, plan
from components.cases.request import parameters_of
from components.cases.snapshot import Asked, ImageFacts, asked_of
from components.cases.store.runs import Answer, CaseRun, StoredRun
from components.compare.spec import Column

_Place = tuple[str, int, int, int]


def graded_again(
    stored: StoredRun,
    cases: CaseSet,
    judges: Mapping[str, Column],
    images: Mapping[str, ImageFacts] | None = None,
) -> Plan:
    """Nothing but judges is asked in it. Cases that ask something else by now are left out, and
    so is what has no answer.

    cases: the set as it is now. judges, images: as of Wish. Raises CaseError (case_none_again, and
    for judges as `plan`), GraderError, ImageError.
    """
    run, before = stored.run, asked_of(stored.snapshot)
    answers = _answered(stored, before)
    known = {case.id for case in before.cases} & {place[0] for place in answers}
    wish = Wish(
        replace(cases, cases=tuple(each for each in cases.cases if each.id in known)),
        [Target(column_of(s), s.detail, s.prompt, s.crop, s.system) for s in run.settings],
        run.repeats,
        parameters_of(run),
        run.lang,
        images=images or {},
        set_id=run.set_id,
        judges=judges,
    )
    if not wish.cases.cases:
        raise CaseError("case_none_again")
    made = plan(wish)
    same = _same(before, made.asked)
    taken = [_taken(made, run, each, answers) for each in made.answers]
    whole = [
        each
        for tries in tries_of([each for each in taken if made.asked.cases[each.case].id in same])
        if is_ready(tries)
        for each in tries
    ]
    if not whole:
        raise CaseError("case_none_again")
    first = {each.id for each in whole if not each.rotation}
    judgements = tuple(each for each in made.judgements if each.judges in first)
    found = replace(made, judgements=judgements, run=replace(made.run, settings=run.settings))
    return replace(found, answers=_graded(found, whole))


def _answered(stored: StoredRun, asked: Asked) -> dict[_Place, Answer]:
    return {
        (asked.cases[each.case].id, each.column, each.repeat, each.rotation): each
        for each in stored.answers
        if each.state == "ok" and each.result
    }


def _taken(made: Plan, run: CaseRun, answer: Answer, answers: Mapping[_Place, Answer]) -> Answer:
    """With the answer of the earlier run, where it has one."""
    case = made.asked.cases[answer.case].id
    old = answers.get((case, answer.column, answer.repeat, answer.rotation))
    if old is None or old.result is None:
        return answer
    result = replace(old.result, attempts=0, cost=Decimal(0), ms_first=None, ms_total=None)
    return replace(
        answer,
        state="ok",
        result=result,
        body=old.body,
        kept_from=old.kept_from or old.id,
        kept_at=old.kept_at or run.created_at,
        kept_cost=old.kept_cost if old.kept_from else old.result.cost,
    )


def _graded(made: Plan, answers: list[Answer]) -> tuple[Answer, ...]:
    about, found = by_answer(made.judgements), []
    for tries in tries_of(answers):
        verdict = graded(made.asked, made.run, tries, about.get(tries[0].id, ()))
        found += [replace(tries[0], graded=verdict), *tries[1:]]
    return tuple(found)


def _same(before: Asked, now: Asked) -> set[str]:
    """Cases that ask the same, whatever they expect."""
    was = {case.id: _question(before, case) for case in before.cases}
    return {case.id for case in now.cases if was.get(case.id) == _question(now, case)}


def _question(asked: Asked, case: Case) -> object:
    facts = (asked.images.get(image.image) for image in case.images)
    return case.input, case.choices, [each.hash if each else None for each in facts]
