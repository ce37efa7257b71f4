"""One cell on the runner's loop: asked, perhaps tried again, answered."""

import asyncio
import logging
import random
import time

from components.errors import AppError, ProviderError
from components.providers import base
from components.providers.base import Finish, VisionClient, VisionRequest
from components.runner.finalize import NEVER_CAME, NEVER_SENT, Ending, failed
from components.runner.retry import RetryState, pause_before
from components.runner.run import Cell, Run
from components.runner.types import AttemptResult
from components.spending import Budget
from components.spending.async_reserve import reserved

_LOG = logging.getLogger(__name__)


async def ask(run: Run[Cell], cell: Cell, budget: Budget | None = None) -> Finish | AttemptResult:
    """Ask until it is answered or won't be; a result where nothing had to be sent. Raises AppError.

    budget: reserves what isn't reserved yet, before the cell's turn at the endpoint; a full minute
    is waited for.
    """
    if (unasked := await run.unasked(cell)) is not None:
        return unasked
    if budget is not None and (charge := run.charge(cell)):
        cell.reservation = await reserved(budget, run.owner, charge)
    limiter, asked = run.limiter(cell), None
    while True:
        try:
            async with limiter.turn(first=run.goes_first):
                # Prepared when its turn has come: 200 waiting requests would fill memory.
                asked = asked or await run.prepare(cell)
                return await _try(run, cell, *asked)
        except ProviderError as error:
            pause = pause_before(error, cell.attempts, random.random(), run.policy)
            if pause is None or cell.text or cell.pictures:
                raise
            until = time.monotonic() + pause
            state = RetryState(cell.attempts + 1, run.policy.tries, until, error)

        def paused(state: RetryState = state) -> None:
            """The pause is this cell's own; where a limit was met, all cells of the endpoint keep
            it."""
            cell.retry, cell.tries = state, state.of
            if state.error.code == "rate_limit":
                limiter.pause(state.until, state.error)

        run.change(paused)
        if run.goes_first or state.error.code != "rate_limit":  # that pause the limiter keeps
            await asyncio.sleep(pause)


async def _try(run: Run[Cell], cell: Cell, client: VisionClient, request: VisionRequest) -> Finish:
    loop = asyncio.get_running_loop()
    run.change(cell.begin_try)
    finish = Finish(None, None, None)
    async for event in client.stream(request):
        match event:
            case base.Opened():
                cell.opened = event
            case base.TextDelta(text):
                run.add(cell, text, loop)
            case base.ReasoningDelta(text):
                cell.think(text)
            case base.Retracted():
                run.change(cell.retract)
            case base.PictureFound(url):
                cell.pictures.append(url)
            case base.LeftOut(parameter):
                cell.left_out.append(parameter)
            case base.Spent():
                cell.spent = event
            case base.Finish():
                finish = event
    return finish


def is_answer(task: asyncio.Task[Finish | AttemptResult]) -> bool:
    """Whether it came to its own end, so that one can ask about it again."""
    if task.cancelled() or task.exception() is not None:
        return False
    found = task.result()
    return isinstance(found, Finish) and found.reason is not None


def ending_of(cell: Cell, task: asyncio.Task[Finish | AttemptResult]) -> Ending | AttemptResult:
    """How the task of `ask` ended, by a person's Stop, too; a result where nothing was sent."""
    cut = task.cancelled()
    error = None if cut else task.exception()
    if error is not None and not isinstance(error, ProviderError):
        if isinstance(error, AppError):
            return failed(error)
        # The class alone: an exception's text or request may hold a key.
        _LOG.error("unexpected %s while answering", type(error).__name__)
        error = ProviderError("stream_error", host=cell.host, model=cell.model)
    if cut and cell.sent is None:
        return NEVER_SENT if cell.stopped else NEVER_CAME
    finish = None if cut or error else task.result()
    if isinstance(finish, AttemptResult):
        return finish
    return Ending(cell, cell.text, cell.estimated_input, cell.ms_total, finish, error)
