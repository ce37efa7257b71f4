"""Which graders of a set ask a judge: whom, and how often."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from components.cases.case import CaseSet, Grader
from components.cases.errors import CaseError
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, Setting
from components.compare.spec import Column
from components.graders.rubric import Rubric, rubric_in, rubric_of
from components.models import find_model
from components.providers.endpoints import BUILTIN, Endpoint

_TOKENS, _THINKING = 1_000, 4_000


def rubrics_of(graders: Sequence[Grader]) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The place of each grader that asks a judge, and the rubric in it."""
    for place, each in enumerate(graders):
        found = rubric_in(each)
        if found is not None:
            yield place, found


def rubric_at(asked: Asked, judgement: Answer) -> Rubric:
    """Of a request to a judge. Raises GraderError."""
    found = rubric_in(asked.graders(judgement.case)[judgement.grader])
    return rubric_of(found or {"grader": "rubric"})


def judges_named(cases: CaseSet) -> list[str]:
    """The judges that rubrics of a set name, each once; "" where one names none."""
    every = [*cases.expect, *(each for case in cases.cases for each in case.expect)]
    names = [str(found.get("judge") or "").strip() for _, found in rubrics_of(every)]
    return list(dict.fromkeys(names))


def judges_for(cases: CaseSet, find: Callable[[str], Column | None]) -> dict[str, Column]:
    """Whom rubrics ask, by the name that they give their judge. find: by that name. Raises
    CaseError (case_no_judge)."""
    found = {}
    usual = str(cases.defaults.get("judge") or "").rpartition(":")[2]  # promptfoo's provider, too
    for name in judges_named(cases):
        column = find(name or usual)
        if column is None:
            raise CaseError("case_no_judge", name=name or usual or "–")
        found[name] = column
    return found


def column_of(setting: Setting) -> Column:
    """Whom a run asked, as far as it knows: without a key or what else only the endpoint has."""
    if not setting.host:
        return Column(replace(BUILTIN, name=setting.endpoint), setting.model)
    return Column(Endpoint(setting.endpoint, base_url=f"https://{setting.host}"), setting.model)


def judge_tokens(model: str) -> int:
    """The output limit of a judge's reply: a sentence and a word, and what it thinks before."""
    return _THINKING if find_model(model).reasoning else _TOKENS
