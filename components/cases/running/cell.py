"""One request of a run of cases in progress."""

from dataclasses import replace

from components.cases.store.runs import NO_ANSWER, Answer, Setting, state_of
from components.providers.base import VisionRequest
from components.runner.cell import RunningCell
from components.runner.finalize import NEVER_SENT
from components.runner.types import AttemptResult


class CaseCell(RunningCell):
    """answer: as the store has it. request: once it is prepared, until it has left."""

    def __init__(self, answer: Answer, setting: Setting, lang: str) -> None:
        tokens, prices = answer.estimated_input_tokens, answer.prices
        super().__init__(answer.id, setting.model, setting.host, lang, tokens, prices)
        self.answer = answer
        self.request: VisionRequest | None = None

    @property
    def ended(self) -> bool:
        return self.answer.ended or self.result is not None

    def end(self, result: AttemptResult) -> None:
        super().end(result)
        self.answer = ended(self.answer, result)
        self.request = None
        self.forget()

    def view(self) -> Answer:
        """The answer as it stands now."""
        if self.ended or not self.attempts:
            return self.answer
        so_far = AttemptResult("running", self.text, attempts=self.attempts, ms_first=self.ms_first)
        return replace(self.answer, state="running", result=so_far)


NOTHING_TO_JUDGE = replace(NEVER_SENT, code=NO_ANSWER)
"""Of a request to a judge about an answer that didn't come."""


def never_left(result: AttemptResult) -> bool:
    """Whether it still waits to be asked, for all that this result says."""
    held = result.attempts == 0 and result.outcome in ("stopped", "interrupted")
    held = held and result.code != NO_ANSWER
    return held or (result.code or "").startswith("spending_")


def ended(answer: Answer, result: AttemptResult) -> Answer:
    """What has never left waits on."""
    if never_left(result):
        return replace(answer, state="waiting", result=None)
    return replace(answer, state=state_of(result), result=result)
