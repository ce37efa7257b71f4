"""One answer in progress: a run with one cell, which waits for nobody's turn."""

import time
from collections.abc import Callable, Sequence

from components.chat.made import pictures_of
from components.chat.store import (
    AnswerPicture,
    ConversationStore,
    NewTurn,
)
from components.providers.base import VisionClient, VisionRequest
from components.runner.cell import RunningCell
from components.runner.endpoint_limiter import EndpointLimiter
from components.runner.finalize import Ending
from components.runner.retry import RetryState
from components.runner.run import Asked, Kind, Pace, Run
from components.runner.types import AttemptResult

PACE = Pace()  # of all answers of the process


class Job(Run[RunningCell]):
    """Written by the runner, read from any thread: text so far and, once it has ended and the store
    has been told (or `store_error` says not), its result."""

    goes_first = True

    def __init__(
        self,
        kind: Kind[ConversationStore, Callable[["Job"], None]],
        owner: str,
        turn: NewTurn,
        request: VisionRequest,
        make: Callable[[], VisionClient],
        *,
        own: bool = False,
    ) -> None:
        """make: gives the client; called on the runner's loop. own: whether its endpoint is one
        that the owner typed in."""
        self.started = time.monotonic()
        self.cell = RunningCell(
            turn.attempt_id,
            turn.model,
            turn.host,
            request.lang,
            turn.estimated_input_tokens,
            turn.prices,
            submitted=self.started,
        )
        super().__init__(owner, turn.conversation_id, [self.cell], kind.policy, PACE)
        self.conversation_id, self.attempt_id = turn.conversation_id, turn.attempt_id
        self.request, self.builtin, self.model = request, not turn.host, turn.model
        self._kind, self._make = kind, make
        self._limiter = kind.limiters.of(owner, turn.endpoint, own=own)

    @property
    def text(self) -> str:
        """The answer so far."""
        return self.cell.text

    @property
    def reasoning(self) -> str:
        """What the model thought so far."""
        return self.cell.reasoning

    @property
    def attempts(self) -> int:
        return self.cell.attempts

    @property
    def tries(self) -> int:
        return self.cell.tries

    @property
    def retry(self) -> RetryState | None:
        return self.cell.retry

    @property
    def result(self) -> AttemptResult | None:
        return self.cell.result

    @property
    def store_error(self) -> Exception | None:
        return self.cell.store_error

    def wait(self, version: int, timeout: float) -> tuple[int, str, bool]:
        """Wait until something is newer than `version`, or `timeout` seconds.

        Returns (version, text so far, done). Start with version -1.
        """
        version, (text, done) = self.wait_for(version, timeout, lambda: (self.text, self.done))
        return version, text, done

    # For the runner ---------------------------------------------------------------------------

    def limiter(self, cell: RunningCell) -> EndpointLimiter:
        return self._limiter

    async def prepare(self, cell: RunningCell) -> Asked:
        return self._make(), self.request

    def complete(self, cell: RunningCell, ending: Ending) -> tuple[Ending, Sequence[AnswerPicture]]:
        return pictures_of(ending)

    def write_end(
        self, cell: RunningCell, result: AttemptResult, pictures: Sequence[AnswerPicture]
    ) -> None:
        self._kind.store.finish(self.owner, cell.id, result, pictures)

    def tell(self, cell: RunningCell) -> None:
        self._make = _over  # the job stays, an endpoint that was typed in and its key may go
        if self._kind.after:
            self._kind.after(self)


def _over() -> VisionClient:
    raise RuntimeError("the answer has ended")
