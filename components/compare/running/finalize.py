"""How a cell's task ended, as the row that is kept."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from components.chat.made import with_note
from components.chat.store import AttemptResult
from components.compare.running.running_cell import RunningCell
from components.compare.spec import Column
from components.errors import AppError, ProviderError
from components.pricing import from_data
from components.providers.base import Finish
from components.runner.finalize import NEVER_SENT, Ending, failed, settle
from components.tokens import count_text_tokens

_LOG = logging.getLogger(__name__)


def ended(
    live: RunningCell, task: asyncio.Task[Finish], column: Column
) -> Callable[[], AttemptResult]:
    """What works out the result; it counts tokens, so call it off the loop."""
    error = None if task.cancelled() else task.exception()
    if error is not None and not isinstance(error, ProviderError):
        if isinstance(error, AppError):
            told = failed(error)
            return lambda: told
        # The class alone: an exception's text or request may hold a key.
        _LOG.error("unexpected %s while answering", type(error).__name__)
        error = ProviderError("stream_error", host=column.endpoint.host, model=column.model)
    if task.cancelled() and live.sent is None:
        unsent = NEVER_SENT if live.stopped else replace(NEVER_SENT, outcome="interrupted")
        return lambda: unsent
    ending = Ending(
        text=live.text,
        model=column.model,
        estimated_input=live.cell.estimated_input_tokens,
        price=from_data(live.cell.prices),
        host=column.endpoint.host,
        attempts=live.attempts,
        opened=live.opened,
        spent=live.spent,
        paused_for=live.retry.error if live.retry else None,
        ms_first=live.ms_first,
        ms_total=live.ms_total,
        left_out=tuple(live.left_out),
        finish=None if task.cancelled() or error else task.result(),
        error=error,
        stopped=live.stopped,
        lang=live.lang,
        reasoning="".join(live.reasoning),
    )
    if live.pictures:  # a table of answers has no room for them
        ending = with_note(ending, "left_out", len(live.pictures))
    before = live.before
    return lambda: settle(_with_answers(ending, before))


def is_answer(task: asyncio.Task[Finish]) -> bool:
    """Whether it came to its own end, so that one can ask about it again."""
    if task.cancelled() or task.exception() is not None:
        return False
    return task.result().reason is not None


def _with_answers(ending: Ending, before: tuple[str, ...]) -> Ending:
    """The estimate was made before the answers of the conversation were known."""
    if not before or ending.estimated_input is None:
        return ending
    said = sum(count_text_tokens(text, ending.model) for text in before)
    return replace(ending, estimated_input=ending.estimated_input + said)
