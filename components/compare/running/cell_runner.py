"""One cell asked: its turn at the endpoint, its tries, its text."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import replace

from components.compare.price import cell_charge
from components.compare.request import request_of
from components.compare.running.run import Run, place_of
from components.compare.running.running_cell import RunningCell
from components.compare.spec import Column
from components.errors import ProviderError
from components.images.pool import shared_pool
from components.providers.base import (
    Finish,
    LeftOut,
    Opened,
    PictureFound,
    ReasoningDelta,
    Retracted,
    Spent,
    TextDelta,
    VisionClient,
    VisionRequest,
)
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.retry import POLICY, Policy, RetryState, pause_before
from components.spending import Budget
from components.spending.async_reserve import reserved

# Many cells meet one limit: whoever is late in its queue is turned away more often than a chat.
PATIENT: Policy = replace(POLICY, tries=5)


def chains(lives: Sequence[RunningCell], again: bool) -> list[list[RunningCell]]:
    """Cells that must be asked one after the other: rounds of one conversation."""
    if not again:
        return [[live] for live in lives]
    found: dict[tuple[object, ...], list[RunningCell]] = {}
    for live in sorted(lives, key=lambda live: live.cell.repeat):
        found.setdefault(place_of(live.cell), []).append(live)
    return list(found.values())


async def ask(
    run: Run, live: RunningCell, policy: Policy = PATIENT, budget: Budget | None = None
) -> Finish:
    """Ask until it is answered or won't be. Raises AppError.

    budget: reserves the cell before its turn at the endpoint; a full minute is waited for.
    """
    column = run.columns[live.cell.column]
    if budget is not None:
        live.reservation = await reserved(
            budget, run.owner, cell_charge(run.comparison, live.cell, column)
        )
    gate = run.gates[live.cell.column]
    if run.comparison.again:
        live.before = run.answers_before(live.cell)
    request: VisionRequest | None = None
    client: VisionClient | None = None
    while True:
        try:
            async with gate.turn():
                # Prepared when its turn has come: 200 waiting requests would fill memory.
                if request is None or client is None:
                    request = await _prepared(run, live, column)
                    client = run.make(column.endpoint)
                return await _try(run, live, client, request)
        except ProviderError as error:
            pause = pause_before(error, live.attempts, random.random(), policy)
            if pause is None or live.text or live.pictures:
                raise
            state = RetryState(live.attempts + 1, policy.tries, time.monotonic() + pause, error)
            _note(run, live, gate, state)
            if error.code != "rate_limit":  # the gate keeps that pause, for all cells
                await asyncio.sleep(pause)


async def _prepared(run: Run, live: RunningCell, column: Column) -> VisionRequest:
    work = shared_pool().run(
        request_of, run.comparison, live.cell, run.pictures, column, live.before
    )
    return await asyncio.wrap_future(work)


def _note(run: Run, live: RunningCell, gate: EndpointLimiter, state: RetryState) -> None:
    """The pause is this cell's own; where a limit was met, all cells of the endpoint keep it."""

    def act() -> None:
        live.retry = state
        if state.error.code == "rate_limit":
            gate.pause(state.until, state.error)

    run.change(act)


async def _try(run: Run, live: RunningCell, client: VisionClient, request: VisionRequest) -> Finish:
    loop = asyncio.get_running_loop()
    run.change(live.begin_try)
    live.lang = request.lang
    finish = Finish(None, None, None)

    def later(seconds: float) -> None:
        loop.call_later(seconds, run.show)

    async for event in client.stream(request):
        match event:
            case Opened():
                live.opened = event
            case TextDelta(text):
                run.add(live, text, later)
            case ReasoningDelta(text):
                live.reasoning.append(text)
            case Retracted():
                run.change(live.retract)
            case PictureFound(url):
                live.pictures.append(url)
            case LeftOut(parameter):
                live.left_out.append(parameter)
            case Spent():
                live.spent = event
            case Finish():
                finish = event
    return finish
