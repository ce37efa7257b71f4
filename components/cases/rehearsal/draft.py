"""Proposed cases: what each grader says of the answer that a person has labelled, before anything
is kept."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from components.cases.case import Case, Grader
from components.cases.snapshot import graders_of
from components.chat.store import StoredConversation
from components.compare.store import ComparedModel, Comparison
from components.graders import Grade, GraderError, Reply, grade, grade_all
from components.graders.rubric import rubric_in
from components.labels import Label

Problem = Literal["", "open", "fails", "passes", "fails_corrected", "unusable"]
"""open: nothing is expected. fails: an answer labelled right isn't by these graders. passes: one
labelled wrong is right by them. fails_corrected: what was said to be right isn't. unusable: a
grader can't be used as it is set up."""


@dataclass(frozen=True)
class Checked:
    """A proposed case. each: its graders with what they say of the labelled answer."""

    case: Case
    each: tuple[tuple[Grader, Grade], ...]
    problem: Problem

    @property
    def holds(self) -> bool:
        """Whether it may be kept."""
        return not self.problem


def checked(case: Case) -> Checked:
    """Hold the graders of a case from a label against its source: answer, marked, corrected."""
    graders, source = graders_of(case, ()), case.source
    answer, corrected = str(source.get("answer") or ""), str(source.get("corrected") or "")
    if not graders:
        return Checked(case, (), "open")
    try:
        each = tuple((one, grade(one, Reply(answer))) for one in graders)
        problem = _problem(graders, answer, corrected, wrong=source.get("marked") == "wrong")
    except GraderError:
        return Checked(case, (), "unusable")
    return Checked(case, each, problem)


def redrafted(
    cases: Iterable[Case],
    changed: Mapping[str, Sequence[Grader]],
    dropped: Collection[str] = (),
) -> list[Checked]:
    """The cases with what a person has changed of their graders, without those dropped; what needs
    a look comes first. changed: by id of the case."""
    found = [
        checked(replace(case, expect=tuple(changed.get(case.id, case.expect))))
        for case in cases
        if case.id not in dropped
    ]
    return sorted(found, key=lambda each: each.holds)


def labels_about(
    labels: Iterable[Label],
    conversations: Mapping[str, StoredConversation],
    comparisons: Mapping[str, Comparison],
    model: str,
    sampled: Collection[str] = (),
) -> list[Label]:
    """Those on answers of a model, on comparisons that it was part of, and on the sampled answers
    (ids of attempts), whoever gave these."""
    return [
        label
        for label in labels
        if label.attempt_id in sampled
        or _model_of(label, conversations) == model
        or any(each.model == model for each in _models_of(label, comparisons))
    ]


def _problem(graders: Sequence[Grader], answer: str, corrected: str, *, wrong: bool) -> Problem:
    # What a judge says is known when it is asked: a run tells, and the person decides there.
    graders = [each for each in graders if rubric_in(each) is None]
    if not graders:
        return ""
    right = grade_all(graders, Reply(answer))[0].verdict == "right"
    if not wrong:
        return "" if right else "fails"
    if right:
        return "passes"
    if corrected and grade_all(graders, Reply(corrected))[0].verdict != "right":
        return "fails_corrected"
    return ""


def _model_of(label: Label, conversations: Mapping[str, StoredConversation]) -> str | None:
    conversation = conversations.get(label.conversation_id or "")
    for message in conversation.messages if conversation else ():
        for attempt in (*message.earlier, message.attempt):
            if attempt and attempt.id == label.attempt_id:
                return attempt.model
    return None


def _models_of(label: Label, comparisons: Mapping[str, Comparison]) -> Sequence[ComparedModel]:
    comparison = comparisons.get(label.comparison_id or "")
    return comparison.models if comparison else ()
