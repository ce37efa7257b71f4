"""The requests to judges of a run, before anything is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from components.cases.judging.rubrics import rubric_at, rubrics_of
from components.cases.price import charge, estimated
from components.cases.request import put_to_judge
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, CaseRun
from components.chat.store import new_id
from components.compare.price import limit_of
from components.compare.spec import Column
from components.graders.rubric import rubric_of
from components.pricing import to_data
from components.spending.settings import load


def planned(
    run: CaseRun,
    asked: Asked,
    answers: Sequence[Answer],
    columns: Sequence[Column],
    judges: Mapping[str, Column],
) -> tuple[Answer, ...]:
    """One for each vote on each answer that a rubric grades. columns: of run.whom. judges: by the
    name that rubrics give them."""
    templates: dict[tuple[int, int], Answer] = {}
    found = []
    for answer in answers:
        if answer.rotation:
            continue
        for place, rubric in rubrics_of(asked.graders(answer.case)):
            key = answer.case, place
            if key not in templates:
                column = _place_of(judges[rubric_of(rubric).judge], columns, len(run.settings))
                templates[key] = _template(run, asked, answer.case, place, column, columns)
            found += [
                replace(
                    templates[key], id=new_id(), judges=answer.id, repeat=answer.repeat, vote=vote
                )
                for vote in range(1, rubric_of(rubric).votes + 1)
            ]
    return tuple(found)


def answer_tokens(run: CaseRun) -> int:
    """How long an answer is taken to be that isn't there yet."""
    usual = int(load()["estimate"]["answer_tokens"])
    return min(limit_of(run.parameters) or usual, usual)


def _template(
    run: CaseRun, asked: Asked, case: int, place: int, column: int, columns: Sequence[Column]
) -> Answer:
    judgement = Answer("", case, column, judges="?", grader=place, vote=1)
    messages, parameters = put_to_judge(asked, run, judgement, "")
    setting = run.whom[column]
    figures = estimated(
        messages, parameters, asked.images, setting, run.lang, more=answer_tokens(run)
    )
    judgement = replace(
        judgement,
        estimated_input_tokens=figures.tokens,
        estimated_cost=figures.cost,
        prices=to_data(figures.price),
    )
    seen = rubric_at(asked, judgement).sees_image
    images = sum(1 for _ in asked.cases[case].images) if seen else 0
    most = charge(run, judgement, columns[column].endpoint, images)
    return replace(judgement, reserved=most.estimate)


def _place_of(judge: Column, columns: Sequence[Column], first: int) -> int:
    """Of a judge among all that are asked; judges stand behind the settings."""
    wanted = judge.endpoint.name, judge.model
    names = [(each.endpoint.name, each.model) for each in columns]
    return names.index(wanted, first)
