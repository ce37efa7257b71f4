"""What an answer did cost: from the endpoint's own figures, or counted where it gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from components.chat.log import AttemptResult, Outcome
from components.errors import ProviderError
from components.models import find_model
from components.pricing import Price, cost, price_of
from components.providers.base import Finish, Opened, Usage
from components.tokens import count_text_tokens

_OUTCOMES: dict[str | None, Outcome] = {
    None: "interrupted",
    "length": "length",
    "content_filter": "filtered",
    "truncated": "truncated",
}


@dataclass(frozen=True)
class Ending:
    """How a stream ended: by a finish, an error, a person's Stop, or (none of these) cut off.

    paused_for: the error after which another try was waited for, when the end came in that pause.
    """

    text: str
    model: str
    estimated_input: int | None
    price: Price | None
    ms_first: int | None
    ms_total: int
    left_out: Sequence[str] = ()
    finish: Finish | None = None
    error: ProviderError | None = None
    stopped: bool = False
    host: str = ""
    attempts: int = 1
    opened: Opened | None = None
    paused_for: ProviderError | None = None


def settle(ending: Ending) -> AttemptResult:
    """The row that is kept. Counts tokens itself where no usage came: call it off the loop."""
    finish, error = ending.finish, _error(ending)
    answered = finish.model if finish and finish.model else None
    usage, source = _usage(ending)
    return AttemptResult(
        outcome=_outcome(ending),
        text=ending.text,
        model_answered=answered,
        finish_reason=finish.reason if finish else None,
        code=error.code if error else None,
        status=_status(ending, error),
        request_id=_request_id(ending, error),
        attempts=ending.attempts,
        streamed=_streamed(ending),
        ms_first=ending.ms_first,
        ms_total=ending.ms_total,
        usage_source=source,
        input_tokens=usage.input if usage else None,
        cached_tokens=usage.cached if usage else None,
        output_tokens=usage.output if usage else None,
        reasoning_tokens=usage.reasoning if usage else None,
        cost=_cost(ending, usage, answered),
        left_out=tuple(ending.left_out),
        error_data=_error_data(error),
    )


def _error(ending: Ending) -> ProviderError | None:
    """What went wrong; a stream that broke off without a word is told like one that said so."""
    broke_off = ending.finish is not None and ending.finish.reason is None
    if ending.error or ending.paused_for or not broke_off:
        return ending.error or ending.paused_for
    return ProviderError("interrupted", host=ending.host, model=ending.model)


def _status(ending: Ending, error: ProviderError | None) -> int | None:
    known = (error, ending.opened)
    return next((each.status for each in known if each and each.status), None)


def _request_id(ending: Ending, error: ProviderError | None) -> str | None:
    known = (error, ending.opened, ending.finish)
    return next((each.request_id for each in known if each and each.request_id), None)


def _streamed(ending: Ending) -> bool | None:
    if not ending.text and ending.finish is None:
        return None
    return ending.opened.streamed if ending.opened else True


def _error_data(error: ProviderError | None) -> dict[str, str]:
    if error is None:
        return {}
    return {key: str(value) for key, value in error.data.items()} | {"detail": error.detail}


def _outcome(ending: Ending) -> Outcome:
    if ending.error:
        nothing: Outcome = "filtered" if ending.error.code == "filtered" else "failed"
        return "interrupted" if ending.text else nothing
    if ending.finish is None:
        return "stopped" if ending.stopped else "interrupted"
    return _OUTCOMES.get(ending.finish.reason, "ok")


def _usage(ending: Ending) -> tuple[Usage | None, Literal["reported", "estimated", "none"]]:
    if ending.finish and ending.finish.usage:
        return ending.finish.usage, "reported"
    if not ending.text or ending.estimated_input is None:
        return None, "none"
    output = count_text_tokens(ending.text, ending.model)
    return Usage(input=ending.estimated_input, output=output), "estimated"


def _cost(ending: Ending, usage: Usage | None, answered: str | None) -> Decimal | None:
    """In USD, by the price of the model that answered, where that is another one with a price.

    Nothing is billed for a request that was refused or never arrived.
    """
    if usage is None:
        error = _error(ending)
        return Decimal(0) if error and _unbilled(error) else None
    price = ending.price
    if answered and find_model(answered).id != find_model(ending.model).id:
        price = price_of(answered) or price
    if price is None:
        return None
    return cost(price, input=usage.input, cached=usage.cached, output=usage.output)


def _unbilled(error: ProviderError) -> bool:
    refused = error.status is not None and error.status >= 400
    return refused or error.code in {
        "refused",
        "dns",
        "tls",
        "needs_upload",
        "redirect",
        "reader_failed",
    }
