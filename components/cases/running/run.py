"""A run of cases in progress: a run with many cells, graded as they come."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from components.cases.grading import graded, is_ready
from components.cases.judging.rubrics import rubric_at
from components.cases.price import charge, estimated
from components.cases.request import put_to_judge, request_of
from components.cases.running.cell import NOTHING_TO_JUDGE, CaseCell, ended, never_left
from components.cases.running.room import OverBudget, Room
from components.cases.snapshot import Asked
from components.cases.store.runs import Answer, CaseRun, Held, RunStore
from components.chat.made import pictures_of
from components.chat.store import AnswerPicture, ImageOf
from components.compare.spec import Column
from components.images.pool import shared_pool
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.runner.endpoint_limiter import EndpointLimiter, Pause
from components.runner.finalize import NEVER_SENT, Ending
from components.runner.retry import RetryState
from components.runner.run import Asked as ToSend
from components.runner.run import Kind, Pace, Run
from components.runner.types import AttemptResult, Progress
from components.spending.store import Charge

Make = Callable[[Endpoint], VisionClient]
After = Callable[[Column, AttemptResult], None]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shown:
    """A run at one moment. answers: all, in order, with their texts so far; judgements: what judges
    reply. retries: those that pause before another try, by id; pauses: endpoints at which
    everything waits."""

    run: CaseRun
    answers: tuple[Answer, ...]
    done: bool
    retries: Mapping[str, RetryState] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    judgements: tuple[Answer, ...] = ()

    @property
    def requests(self) -> tuple[Answer, ...]:
        return self.answers + self.judgements

    @cached_property
    def ended(self) -> int:
        """How many requests have ended."""
        return sum(answer.ended for answer in self.requests)

    @cached_property
    def cost(self) -> Decimal:
        """USD, what is known so far."""
        costs = (each.result.cost for each in self.requests if each.ended and each.result)
        return sum((cost for cost in costs if cost is not None), Decimal(0))


class RunningCases(Run[CaseCell]):
    """Readers call `wait`; the rest is for the runner and the run manager."""

    def __init__(
        self,
        kind: Kind[RunStore, After],
        owner: str,
        run: CaseRun,
        asked: Asked,
        answers: Sequence[Answer],
        columns: Sequence[Column],
        image_of: ImageOf,
        make: Make,
        over: Callable[["RunningCases", Held], None],
    ) -> None:
        """answers: with the requests to judges. columns: of run.whom. make: gives an endpoint's
        client; called on the runner's loop. over: called there when nothing more may leave, with
        the reason."""
        self.run, self.asked, self.columns = run, asked, tuple(columns)
        self.make, self._kind, self._image_of, self._over = make, kind, image_of, over
        endpoints = [column.endpoint for column in columns]
        self._limiters = [kind.limiters.of(owner, each.name, own=each.own) for each in endpoints]
        self._room = Room(run.budget, _spent(answers))
        cells = [CaseCell(answer, run.whom[answer.column], run.lang) for answer in answers]
        self._tries: dict[tuple[int, int, int], list[CaseCell]] = {}
        self._judges: dict[str, list[CaseCell]] = {}
        for cell in sorted(cells, key=lambda cell: cell.answer.rotation):
            if cell.answer.judges:
                self._judges.setdefault(cell.answer.judges, []).append(cell)
            else:
                self._tries.setdefault(cell.answer.place, []).append(cell)
        super().__init__(owner, run.id, cells, kind.policy, Pace())

    def wait(self, version: int, timeout: float) -> tuple[int, Shown]:
        """Wait until something is newer than `version`, or `timeout` seconds. Start with -1."""
        return self.wait_for(version, timeout, self._shown_now)

    def progress(self) -> dict[str, Progress]:
        """What came so far of the requests that are out, by id."""
        return {cell.id: cell.progress for cell in self.find() if cell.attempts and not cell.ended}

    def held(self, why: Held) -> None:
        """Nothing more leaves, for this reason."""
        self.change(lambda: setattr(self, "run", replace(self.run, held=why)))

    def chains(self) -> list[list[CaseCell]]:
        """What is still to be asked, in order: an answer that a judge is asked about and then the
        judge, everything else by itself."""
        found = []
        for tries in self._tries.values():
            judges = self._judges.get(tries[0].id, [])
            chains = [[*tries, *judges]] if judges else [[cell] for cell in tries]
            found += [[cell for cell in chain if not cell.ended] for chain in chains]
        return [chain for chain in found if chain]

    # For the runner ---------------------------------------------------------------------------

    def limiter(self, cell: CaseCell) -> EndpointLimiter:
        return self._limiters[cell.answer.column]

    def charge(self, cell: CaseCell) -> Charge:
        images = sum(1 for _ in self.asked.cases[cell.answer.case].images)
        if cell.answer.judges and not rubric_at(self.asked, cell.answer).sees_image:
            images = 0
        return charge(self.run, cell.answer, self.columns[cell.answer.column].endpoint, images)

    async def unasked(self, cell: CaseCell) -> AttemptResult | None:
        """An answer of an earlier run to the same request, or that the budget is used up; of a
        judge that there is nothing to judge."""
        endpoint, said = self.columns[cell.answer.column].endpoint, ""
        if cell.answer.judges:
            tries = await self._whole_try(cell.answer)
            if not is_ready([each.answer for each in tries]):
                return NOTHING_TO_JUDGE
            said = tries[0].answer.text
            await asyncio.wrap_future(shared_pool().run(self._reckon, cell, said))
        work = shared_pool().run(
            request_of,
            self.owner,
            self._image_of,
            self.asked,
            self.run,
            cell.answer,
            endpoint,
            said,
        )
        request, body = await asyncio.wrap_future(work)
        cell.request, cell.answer = request, replace(cell.answer, body=body)
        if not self.run.fresh and (kept := await self._kept(cell, endpoint, body)):
            return kept
        limiter = self.limiter(cell)
        try:
            await self._room.enter(cell.id, limiter, limiter.at_once, cell.answer.reserved)
        except OverBudget:
            self._over(self, "budget")
            return NEVER_SENT
        return None

    async def prepare(self, cell: CaseCell) -> ToSend:
        assert cell.request is not None, "it was prepared when the place was taken"
        request, cell.request = cell.request, None
        return self.make(self.columns[cell.answer.column].endpoint), request

    def complete(self, cell: CaseCell, ending: Ending) -> tuple[Ending, tuple[AnswerPicture, ...]]:
        """Pictures that a model made are neither graded nor kept."""
        return pictures_of(ending)[0], ()

    def write_end(
        self, cell: CaseCell, result: AttemptResult, pictures: Sequence[AnswerPicture]
    ) -> None:
        if (result.code or "").startswith("spending_"):
            self._over(self, "limit")
        if never_left(result):
            # As far as the store knows it has been waiting all the time.
            if self.run.held:
                self._kind.store.hold_run(self.owner, self.id, self.run.held)
            return
        answer = ended(cell.answer, result)
        tries = self._try_of(answer)
        first = tries[0]
        views = [answer if each is cell else each.answer for each in tries]
        judgements = [
            answer if each is cell else each.answer for each in self._judges.get(first.id, ())
        ]
        verdict = None
        if is_ready(views):
            verdict = graded(self.asked, self.run, views, judgements)
        if first is cell:
            answer = replace(answer, graded=verdict)
        self._kind.store.finish_answer(self.owner, answer)
        if verdict and first is not cell:
            self._kind.store.grade_answers(self.owner, {first.id: verdict})
        first.answer = replace(first.answer, graded=verdict)

    def write_unsent(self, cells: Sequence[CaseCell]) -> None:
        """They wait on, as the store has it."""

    def tell(self, cell: CaseCell) -> None:
        self._room.leave(cell.id, cell.result.cost if cell.result else None)
        sent = cell.result and cell.result.attempts
        if self._kind.after and cell.result and sent:
            self._kind.after(self.columns[cell.answer.column], cell.result)

    def _try_of(self, answer: Answer) -> list[CaseCell]:
        """Its rotations; of a request to a judge those of what it is about."""
        if not answer.judges:
            return self._tries[answer.place]
        return self._tries[self.cells[answer.judges].answer.place]

    async def _whole_try(self, judgement: Answer) -> list[CaseCell]:
        """What a judge is asked about, once its end is written."""
        tries, loop, changed = self._try_of(judgement), asyncio.get_running_loop(), asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(changed.set)

        with self.listening(wake):
            while not all(each.ended for each in tries):
                await changed.wait()
                changed.clear()
        return tries

    def _reckon(self, cell: CaseCell, said: str) -> None:
        """What a request to a judge comes to, now that the answer is known."""
        messages, parameters = put_to_judge(self.asked, self.run, cell.answer, said)
        setting = self.run.whom[cell.answer.column]
        figures = estimated(messages, parameters, self.asked.images, setting, self.run.lang)
        cell.estimated_input = figures.tokens
        cell.answer = replace(cell.answer, estimated_input_tokens=figures.tokens)
        cell.answer = replace(cell.answer, reserved=self.charge(cell).estimate)

    async def _kept(self, cell: CaseCell, endpoint: Endpoint, body: str) -> AttemptResult | None:
        store = self._kind.store
        kept = await asyncio.to_thread(
            store.kept_answer, self.owner, self.id, endpoint.host, body, cell.answer.repeat
        )
        if kept is None:
            return None
        cost = kept.result.cost
        cell.answer = replace(cell.answer, kept_from=kept.id, kept_at=kept.at, kept_cost=cost)
        return replace(kept.result, attempts=0, cost=Decimal(0), ms_first=None, ms_total=None)

    def _shown_now(self) -> Shown:
        cells = self.find()
        pauses = {p.endpoint: p for limiter in self._limiters if (p := limiter.paused)}
        return Shown(
            run=self.run,
            answers=tuple(cell.view() for cell in cells if not cell.answer.judges),
            judgements=tuple(cell.view() for cell in cells if cell.answer.judges),
            done=self.done,
            retries={cell.id: cell.retry for cell in cells if cell.retry},
            pauses=() if self.done else tuple(pauses.values()),
        )


def _spent(answers: Sequence[Answer]) -> Decimal:
    """USD of those that were asked; what isn't known counts as much as it may have cost."""
    spent = Decimal(0)
    for answer in answers:
        if answer.result and answer.result.attempts:
            known = answer.result.cost
            spent += (answer.reserved or Decimal(0)) if known is None else known
    return spent
