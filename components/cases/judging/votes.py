"""A judge's replies, as graders take them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from components.cases.judging.rubrics import rubric_at, rubrics_of
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, CaseRun
from components.graders import Grade
from components.graders.rubric import failed_vote, key_of, read_vote


def judged(
    asked: Asked, run: CaseRun, case: int, judgements: Sequence[Answer]
) -> Mapping[str, Sequence[Grade]]:
    """As `Reply.judged`, of the requests about one answer that have ended. Raises GraderError."""
    rubrics = dict(rubrics_of(asked.graders(case)))
    found: defaultdict[str, list[Grade]] = defaultdict(list)
    for each in sorted(judgements, key=lambda each: (each.grader, each.vote)):
        if each.ended and each.grader in rubrics:
            found[key_of(rubrics[each.grader])].append(_vote(asked, run, each))
    return found


def waits(judgements: Sequence[Answer]) -> bool:
    """Whether a judge is still to be asked."""
    return any(not each.ended for each in judgements)


def by_answer(judgements: Sequence[Answer]) -> dict[str, list[Answer]]:
    """Requests to judges by the id of the answer that they are about."""
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for each in judgements:
        found[each.judges].append(each)
    return found


def _vote(asked: Asked, run: CaseRun, judgement: Answer) -> Grade:
    judge = run.whom[judgement.column].model
    if judgement.state != "ok" or judgement.result is None:
        code = judgement.result.code if judgement.result else None
        return failed_vote(judge, code or judgement.state)
    return read_vote(rubric_at(asked, judgement), judge, judgement.text)
