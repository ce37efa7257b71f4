"""What a run's answers come to: each case right, wavering or wrong; what is no answer, apart."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from components.cases.grading import tries_of
from components.cases.snapshot import Asked
from components.cases.statistics.rate import Interval, Latency, Mean, latency, mean_of, wilson
from components.cases.statistics.repeats import (
    State,
    disagreement,
    mean_pass_hat,
    share,
    state,
)
from components.cases.store.runs import Answer, CaseRun, Setting, verdict_of
from components.graders.limits import refuses
from components.models import find_model

Kind = Literal["right", "wrong", "unsure", "refused", "error", "stopped", "unasked", "other"]
KINDS: tuple[Kind, ...] = (
    "right",
    "wrong",
    "unsure",
    "refused",
    "error",
    "stopped",
    "unasked",
    "other",
)
_ANSWERS: tuple[Kind, ...] = ("right", "wrong", "unsure", "refused")
_DECLINED = ("refusal", "content_filter")


@dataclass(frozen=True)
class CaseResult:
    """A case in one column. place: in the set; version: of what it asks and expects. answers: one
    for each try, of the first rotation; kinds: of each. tries: whether each that is an answer of
    the model asked is right."""

    place: int
    id: str
    version: str
    group: str
    answers: tuple[Answer, ...]
    kinds: tuple[Kind, ...]

    @cached_property
    def tries(self) -> tuple[bool, ...]:
        return tuple(kind == "right" for kind in self.kinds if kind in _ANSWERS)

    @property
    def state(self) -> State | None:
        """None before it is answered."""
        return state(self.tries) if self.tries else None


@dataclass(frozen=True)
class ColumnResult:
    """A setting of a run. kinds: how many tries are what. kept: tries whose answer was there from
    an earlier run, which cost kept_cost then. cost: USD, known so far; cost_unknown: requests
    without one. others: tries that another model answered, by its name; other_cost,
    other_unknown: what of the costs is theirs, also of then. latency: of fresh answers of the
    model asked; tokens: of its answers.
    """

    column: int
    setting: Setting
    cases: tuple[CaseResult, ...]
    kinds: Counter[Kind]
    kept: int
    kept_cost: Decimal
    cost: Decimal
    cost_unknown: int
    others: Counter[str]
    latency: Latency | None
    input_tokens: int
    output_tokens: int
    other_cost: Decimal = Decimal(0)
    other_unknown: int = 0

    @cached_property
    def answered(self) -> tuple[CaseResult, ...]:
        """Cases with an answer."""
        return tuple(case for case in self.cases if case.tries)

    @cached_property
    def states(self) -> Counter[State]:
        return Counter(state(case.tries) for case in self.answered)

    @property
    def rate(self) -> Interval:
        """Of cases that are right each time."""
        return wilson(self.states["right"], len(self.answered))

    @property
    def mean(self) -> Mean | None:
        """Of each case's share of right answers."""
        return mean_of([share(case.tries) for case in self.answered]) if self.answered else None

    @property
    def repeats(self) -> int:
        """How often every case is answered at least."""
        return min((len(case.tries) for case in self.answered), default=0)

    @property
    def pass_hat(self) -> float | None:
        """How likely as many tries are all right; None where nothing was asked again."""
        tries = [case.tries for case in self.answered]
        return mean_pass_hat(tries, self.repeats) if self.repeats > 1 else None

    @property
    def disagreement(self) -> float | None:
        return disagreement([case.tries for case in self.answered])

    @property
    def answers(self) -> int:
        """Tries that came to an answer of the model asked."""
        return sum(self.kinds[kind] for kind in _ANSWERS)

    @property
    def per_thousand(self) -> Decimal | None:
        """USD of 1,000 answers of the model asked, as if each had been asked anew; None where a
        cost is unknown."""
        if not self.answers or self.cost_unknown > self.other_unknown:
            return None
        return (self.cost + self.kept_cost - self.other_cost) / self.answers * 1000

    @property
    def complete(self) -> bool:
        """Every try has an answer."""
        return not any(self.kinds[kind] for kind in ("error", "stopped", "unasked"))

    def share_right(self, needs: Fraction | None = None) -> float:
        """Of all cases, those right in at least this share of tries; None: in all of them."""
        enough = [share(case.tries) >= (needs or 1) - 1e-9 for case in self.answered]
        return sum(enough) / len(enough) if enough else 0.0


def results(run: CaseRun, asked: Asked, answers: Sequence[Answer]) -> tuple[ColumnResult, ...]:
    """Of each setting."""
    return tuple(
        _column(run, asked, n, [answer for answer in answers if answer.column == n])
        for n in range(len(run.settings))
    )


def kind_of(answers: Sequence[Answer], setting: Setting) -> Kind:
    """What a try is. answers: its rotations."""
    states = {answer.state for answer in answers}
    if "failed" in states:
        return "error"
    if states & {"stopped", "interrupted"}:
        return "stopped"
    if states & {"waiting", "running"}:
        return "unasked"
    if other_model(answers[0], setting.model):
        return "other"
    if not answers[0].decided and (answers[0].graded or {}).get("waits"):
        return "unasked"
    verdict = verdict_of(answers[0]) or "unsure"
    if verdict != "right" and any(_declined(answer) for answer in answers):
        return "refused"
    return verdict


def other_model(answer: Answer, asked: str) -> str | None:
    """The model that answered, where it isn't the one that was asked. The name of a deployment
    says nothing of what is behind it."""
    said = answer.result.model_answered if answer.result else None
    if not said or said == asked:
        return None
    ours, theirs = find_model(asked), find_model(said)
    if ours.id == theirs.id or (theirs.known and not ours.known):
        return None
    return said


def _declined(answer: Answer) -> bool:
    result = answer.result
    return bool(
        result
        and (
            result.outcome == "filtered"
            or result.finish_reason in _DECLINED
            or refuses(result.text)
        )
    )


def _column(run: CaseRun, asked: Asked, column: int, answers: Sequence[Answer]) -> ColumnResult:
    setting = run.settings[column]
    cases: dict[int, list[tuple[Answer, Kind]]] = {}
    for tries in tries_of(answers):
        cases.setdefault(tries[0].case, []).append((tries[0], kind_of(tries, setting)))
    found = tuple(
        CaseResult(
            place,
            asked.cases[place].id,
            asked.versions[place],
            asked.cases[place].group or "",
            tuple(answer for answer, _ in tries),
            tuple(kind for _, kind in tries),
        )
        for place, tries in sorted(cases.items())
    )
    ended = [a for a in answers if a.ended and a.result]
    costs = [a.result.cost for a in ended if a.result]
    own = [a for a in ended if not other_model(a, setting.model)]
    theirs = [a for a in ended if other_model(a, setting.model)]
    fresh = [a for a in own if a.state == "ok" and not a.kept_from]
    took = [a.result.ms_total for a in fresh if a.result and a.result.ms_total is not None]
    others = [other_model(a, setting.model) for case in found for a in case.answers]
    kept = [a for a in ended if a.kept_from]
    return ColumnResult(
        column=column,
        setting=setting,
        cases=found,
        kinds=Counter(kind for case in found for kind in case.kinds),
        kept=len(kept),
        kept_cost=sum((a.kept_cost or Decimal(0) for a in kept), Decimal(0)),
        cost=sum((cost for cost in costs if cost is not None), Decimal(0)),
        cost_unknown=sum(cost is None for cost in costs),
        others=Counter(other for other in others if other),
        latency=latency(took),
        input_tokens=sum(a.result.input_tokens or 0 for a in own if a.result),
        output_tokens=sum(a.result.output_tokens or 0 for a in own if a.result),
        other_cost=sum((_paid(a) for a in theirs), Decimal(0)),
        other_unknown=sum(a.result.cost is None for a in theirs if a.result),
    )


def _paid(answer: Answer) -> Decimal:
    """USD, now or when it was asked; 0 where that isn't known."""
    now = answer.result.cost if answer.result else None
    return (now or Decimal(0)) + (answer.kept_cost or Decimal(0))
