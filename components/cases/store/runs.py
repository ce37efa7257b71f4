"""A run of cases as it is planned, shown and kept, and what is asked of the store that keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from components.chat.store import NewImage
from components.compare.store import State, state_of
from components.runner.types import AttemptResult, Progress

__all__ = [
    "Answer",
    "CaseRun",
    "Crop",
    "Decided",
    "Held",
    "KeptAnswer",
    "RunStore",
    "RunSummary",
    "Setting",
    "Snapshot",
    "State",
    "StoredRun",
    "Verdict",
    "state_of",
    "verdict_of",
]

Verdict = Literal["right", "wrong", "unsure"]
Crop = tuple[float, float, float, float]
NO_ANSWER = "judge_no_answer"
"""The code of a request to a judge that never left, as no answer came."""

Held = Literal["", "pause", "stop", "budget", "limit"]
"""Why a run doesn't go on: by a person, at its own budget, at a limit of the person's."""


@dataclass(frozen=True)
class Setting:
    """A column of a run: a model at an endpoint, and how the cases are put to it.

    detail: of every image, instead of the case's own; None leaves that. prompt: what each question
    stands in, as `{question}`; "" for the question alone. crop: left, top, right, bottom of what
    is sent of each image, as shares of its sides. system: a system prompt before the cases' own.
    """

    endpoint: str
    host: str
    model: str
    detail: str | None = None
    prompt: str = ""
    crop: Crop | None = None
    system: str = ""


@dataclass(frozen=True)
class Snapshot:
    """The set as a run asked it: it stays, whatever happens to the set. digest: sha256 of data in
    hex. data: JSON-able, see components.cases.snapshot. hashes: of its images."""

    digest: str
    data: Mapping[str, Any]
    hashes: tuple[str, ...]


@dataclass(frozen=True)
class CaseRun:
    """What was asked of whom. set_id: of the set in the store, "" for a file's. parameters:
    JSON-able, as of a turn. budget: USD, None for no limit. fresh: no answer of an earlier run
    was taken. held: why it doesn't go on, "" while it may. judges: who is asked about answers that
    a rubric grades."""

    id: str
    created_at: datetime
    name: str
    digest: str
    settings: tuple[Setting, ...]
    repeats: int = 1
    parameters: dict[str, object] = field(default_factory=dict)
    lang: str = "en"
    budget: Decimal | None = None
    fresh: bool = False
    set_id: str = ""
    held: Held = ""
    judges: tuple[Setting, ...] = ()

    @property
    def whom(self) -> tuple[Setting, ...]:
        """All that are asked, which `Answer.column` counts: the settings, then the judges."""
        return self.settings + self.judges


@dataclass(frozen=True)
class Decided:
    """A person's verdict on an answer. by: who; "" where nobody signs in."""

    verdict: Verdict
    by: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """One request of a run. case: place of its case in the set, column: of its setting, from 0;
    repeat: from 1; rotation: by how many places the choices are turned.

    judges: the id of the answer that a judge is asked about, "" where a case is asked; then grader
    is the place of its rubric among the case's graders, vote from 1, column that of the judge.

    result: None while it waits; while it runs the text so far. estimated_*, prices: as of a turn;
    reserved: USD that it may cost at most. body: sha256 of the body as sent, in hex, "" before.
    kept_from: the answer of an earlier run that it was taken from, which cost kept_cost (USD) and
    came at kept_at. graded: what the graders say, JSON-able, of the first rotation for all of
    them; None before.
    """

    id: str
    case: int
    column: int
    repeat: int = 1
    rotation: int = 0
    judges: str = ""
    grader: int = 0
    vote: int = 0
    state: State = "waiting"
    result: AttemptResult | None = None
    estimated_input_tokens: int | None = None
    estimated_cost: Decimal | None = None
    reserved: Decimal | None = None
    prices: dict[str, str] = field(default_factory=dict)
    body: str = ""
    kept_from: str = ""
    kept_cost: Decimal | None = None
    kept_at: datetime | None = None
    graded: Mapping[str, Any] | None = None
    decided: Decided | None = None

    @property
    def text(self) -> str:
        """The answer, whole or so far."""
        return self.result.text if self.result else ""

    @property
    def ended(self) -> bool:
        return self.state not in ("waiting", "running")

    @property
    def place(self) -> tuple[int, int, int]:
        """What the rotations of one try have in common."""
        return self.case, self.column, self.repeat


def verdict_of(answer: Answer) -> Verdict | None:
    """A person's before the graders'; None before either."""
    if answer.decided:
        return answer.decided.verdict
    return answer.graded["verdict"] if answer.graded else None


@dataclass(frozen=True)
class KeptAnswer:
    """An answer of an earlier run to the very same request. at: when that run was begun."""

    id: str
    at: datetime
    result: AttemptResult


@dataclass(frozen=True)
class StoredRun:
    """A run as the store has it. running: somebody is at it. judgements: requests to judges.
    Requests that were out when whoever asked them died read as interrupted, those that weren't sent
    as waiting."""

    run: CaseRun
    snapshot: Snapshot
    answers: tuple[Answer, ...]
    running: bool
    judgements: tuple[Answer, ...] = ()

    @property
    def requests(self) -> tuple[Answer, ...]:
        return self.answers + self.judgements

    @property
    def waiting(self) -> int:
        """How many requests can be asked that never were, or were cut off."""
        states = ("waiting", "stopped", "interrupted")
        cut = (each for each in self.requests if each.state in states)
        return sum(each.result is None or each.result.code != NO_ANSWER for each in cut)

    @property
    def failed(self) -> int:
        return sum(each.state == "failed" for each in self.requests)


@dataclass(frozen=True)
class RunSummary:
    """A line of the list. answers, ended, failed, right, wrong, unsure: counts of answers. cost:
    USD, what is known, with judges."""

    run: CaseRun
    answers: int
    ended: int
    failed: int
    right: int
    wrong: int
    unsure: int
    cost: Decimal
    running: bool


class RunStore(Protocol):
    """Runs of cases. Blocking. Raises StoreError."""

    def begin_run(
        self,
        owner: str,
        run: CaseRun,
        snapshot: Snapshot,
        answers: Sequence[Answer],
        contents: Sequence[NewImage],
    ) -> None:
        """One write, all or nothing; a repeat with the same id does nothing.

        Raises ValueError when an image's bytes are neither in contents nor in the store.
        """
        ...

    def run_progress(self, owner: str, run_id: str, so_far: Mapping[str, Progress]) -> Held | None:
        """A heartbeat, and what came so far, by id. Why it is to be held; None when the run isn't
        there."""
        ...

    def hold_run(self, owner: str, run_id: str, held: Held) -> bool:
        """Whoever asks it, in whichever process, sends no more; "stop" ends what is out, too.
        False when there is no such run."""
        ...

    def stop_all_runs(self, owner: str) -> None:
        """The same, "stop", for every run of the owner's."""
        ...

    def finish_answer(self, owner: str, answer: Answer) -> None:
        """How a request ended, and its verdict. The first call counts, until it is reopened."""
        ...

    def grade_answers(self, owner: str, graded: Mapping[str, Mapping[str, Any]]) -> None:
        """What graders say of answers, by id, in the place of what they said."""
        ...

    def decide(self, owner: str, answer_id: str, verdict: Verdict, by: str) -> bool:
        """A person's verdict, kept beside the earlier ones; the latest counts. False when there is
        no such answer."""
        ...

    def reopen_run(
        self,
        owner: str,
        run_id: str,
        *,
        errors: bool,
        budget: Decimal | None,
        alone: bool = False,
    ) -> list[str]:
        """Those that have no answer wait again, errors only if asked; their ids. budget: from now
        on.

        alone: raise AlreadyRunning, in the same transaction, when somebody is at the run.
        """
        ...

    def kept_answer(
        self, owner: str, run_id: str, host: str, body: str, repeat: int
    ) -> KeptAnswer | None:
        """The latest fresh one of another run than this to the same body at the same host with
        the same number of repeat."""
        ...

    def case_run(self, owner: str, run_id: str) -> StoredRun | None: ...

    def labelled(self, owner: str) -> list[tuple[Mapping[str, Any], Verdict]]:
        """Of each answer on which a person decided: what graders say, and the person's verdict."""
        ...

    def run_page(
        self, owner: str, *, set_id: str | None = None, limit: int = 50, offset: int = 0
    ) -> list[RunSummary]:
        """Newest first. set_id: of this set alone."""
        ...

    def models_asked(self, owner: str) -> list[str]:
        """Every model of every run."""
        ...

    def delete_run(self, owner: str, run_id: str) -> bool:
        """For good, with images that nothing else shows. Whether there was one."""
        ...
