"""One question on the runner's loop: asked, perhaps tried again, answered."""

import asyncio
import logging
import random
import time
from collections.abc import Callable

from components.chat.running.job import Job
from components.chat.store import NewTurn
from components.errors import ProviderError
from components.pricing import from_data
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
)
from components.runner.finalize import Ending
from components.runner.retry import Policy, RetryState, pause_before

_LOG = logging.getLogger(__name__)


async def answer(job: Job, make: Callable[[], VisionClient], policy: Policy) -> Finish:
    """Ask until it is answered or won't be. make: gives the client. Raises ProviderError."""
    client = make()
    while True:
        try:
            return await _try(job, client)
        except ProviderError as error:
            pause = pause_before(error, job.attempts, random.random(), policy)
            if pause is None or job.text or job.pictures:
                raise
            until = time.monotonic() + pause
            job.pause(RetryState(job.attempts + 1, policy.tries, until, error))
        await asyncio.sleep(pause)


async def _try(job: Job, client: VisionClient) -> Finish:
    loop = asyncio.get_running_loop()
    job.begin_try()
    finish = Finish(None, None, None)
    async for event in client.stream(job.request):
        match event:
            case Opened():
                job.opened = event
            case TextDelta(text):
                job.add(text, loop)
            case ReasoningDelta(text):
                job.think(text)
            case Retracted():
                job.retract()
            case PictureFound(url):
                job.pictures.append(url)
            case LeftOut(parameter):
                job.left_out.append(parameter)
            case Spent():
                job.spent = event
            case Finish():
                finish = event
    return finish


def ending(job: Job, turn: NewTurn, task: asyncio.Task[Finish]) -> Ending:
    """How the task of `answer` ended, by a person's Stop, too."""
    cut = task.cancelled()
    error = None if cut else _told(task.exception(), turn)
    return Ending(
        text=job.text,
        model=turn.model,
        estimated_input=turn.estimated_input_tokens,
        price=from_data(turn.prices),
        host=turn.host,
        attempts=job.attempts,
        opened=job.opened,
        spent=job.spent,
        paused_for=job.retry.error if job.retry else None,
        ms_first=round((job.first - job.started) * 1000) if job.first else None,
        ms_total=round((time.monotonic() - job.started) * 1000),
        left_out=job.left_out,
        finish=None if cut or error else task.result(),
        error=error,
        stopped=job.stopped,
        pictures=tuple(job.pictures),
        lang=job.request.lang,
        reasoning=job.reasoning,
    )


def _told(error: BaseException | None, turn: NewTurn) -> ProviderError | None:
    if error is None or isinstance(error, ProviderError):
        return error
    # The class alone: an exception's text or request may hold a key.
    _LOG.error("unexpected %s while answering", type(error).__name__)
    return ProviderError("stream_error", host=turn.host, model=turn.model)
