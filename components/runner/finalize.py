"""What an answer did cost: from the endpoint's own figures, or counted where it gives none."""

from dataclasses import dataclass
from decimal import Decimal

from components.errors import AppError, ProviderError
from components.models import find_model
from components.pricing import cost, from_data, price_of
from components.providers.base import Finish, Reported, Usage
from components.runner.cell import RunningCell
from components.runner.types import AttemptResult, Outcome, UsageSource
from components.spending.store import Bill
from components.text import mended
from components.tokens import count_text_tokens

_OUTCOMES: dict[str | None, Outcome] = {
    None: "interrupted",
    "length": "length",
    "content_filter": "filtered",
    "truncated": "truncated",
}
# Ends of cells that no endpoint had a part in: by a person's Stop, or as the process ended.
NEVER_SENT = AttemptResult("stopped", "", attempts=0, cost=Decimal(0))
NEVER_CAME = AttemptResult("interrupted", "", attempts=0, cost=Decimal(0))
# Codes of failures before anything left this machine.
_NOTHING_SENT = frozenset({"refused", "dns", "tls", "needs_upload"})


@dataclass(frozen=True)
class Ending:
    """How a cell ended: by a finish, an error, a person's Stop, or (none of these) cut off.

    text, estimated_input: the cell's, until more is known of them.
    """

    cell: RunningCell
    text: str
    estimated_input: int | None
    ms_total: int
    finish: Finish | None = None
    error: ProviderError | None = None


def failed(error: AppError) -> AttemptResult:
    """What couldn't be sent, and why. It cost nothing."""
    data = {name: str(value) for name, value in error.data.items()}
    return AttemptResult(
        "failed", "", code=error.code, attempts=0, cost=Decimal(0), error_data=data
    )


def bill_of(result: AttemptResult) -> Bill | None:
    """What it came to, for the one who keeps the limits. None when nothing was sent. A cost that
    isn't known keeps what was reserved."""
    if result.attempts == 0 or (result.code in _NOTHING_SENT and not result.text):
        return None
    return Bill(
        result.cost,
        result.input_tokens,
        result.output_tokens,
        result.cached_tokens,
        result.cache_write_tokens,
    )


def without_figures(result: AttemptResult) -> AttemptResult:
    """How it ended and what was said, for a store that refuses the rest."""
    return AttemptResult(
        outcome=result.outcome,
        text=mended(result.text),
        reasoning=mended(result.reasoning),
        code=result.code,
        status=result.status,
        attempts=result.attempts,
    )


def settle(ending: Ending) -> AttemptResult:
    """The row that is kept. Counts tokens itself where no usage came: call it off the loop."""
    said, error = ending.finish or ending.cell.spent, _error(ending)
    answered = said.model if said and said.model else None
    usage, source = _usage(ending)
    return AttemptResult(
        outcome=_outcome(ending),
        text=ending.text,
        model_answered=answered,
        finish_reason=said.reason if said else None,
        code=error.code if error else None,
        status=_status(ending, error),
        request_id=_request_id(ending, error),
        attempts=ending.cell.attempts,
        streamed=_streamed(ending),
        ms_first=ending.cell.ms_first,
        ms_total=ending.ms_total,
        usage_source=source,
        input_tokens=usage.input if usage else None,
        cached_tokens=usage.cached if usage else None,
        output_tokens=usage.output if usage else None,
        reasoning_tokens=usage.reasoning if usage else None,
        cache_write_tokens=usage.written if usage else None,
        image_tokens=(usage.images or None) if usage else None,
        cost=_cost(ending, usage, answered),
        left_out=tuple(ending.cell.left_out),
        reasoning=ending.cell.reasoning.strip(),
        error_data=_error_data(error),
    )


def _error(ending: Ending) -> ProviderError | None:
    """What went wrong; a stream that broke off without a word is told like one that said so, and
    so is a limit that was reached before the first word."""
    paused = ending.cell.retry  # the end came while another try was waited for
    if ending.error or paused or ending.finish is None:
        return ending.error or (paused.error if paused else None)
    if ending.finish.reason is None:
        return ProviderError("interrupted", host=ending.cell.host, model=ending.cell.model)
    if ending.finish.reason == "length" and not ending.text:
        error = ProviderError("cut_empty", host=ending.cell.host, model=ending.cell.model)
        error.data |= {"thought": True} if _thought(ending.finish) else {}
        return error
    return None


def _thought(finish: Finish) -> bool:
    usage = finish.usage
    billed = usage.reasoning if usage is not None and usage != "implausible" else 0
    return finish.thought or billed > 0


def _status(ending: Ending, error: ProviderError | None) -> int | None:
    known = (error, ending.cell.opened)
    return next((each.status for each in known if each and each.status), None)


def _request_id(ending: Ending, error: ProviderError | None) -> str | None:
    known = (error, ending.cell.opened, ending.finish)
    return next((each.request_id for each in known if each and each.request_id), None)


def _streamed(ending: Ending) -> bool | None:
    if not ending.text and ending.finish is None:
        return None
    return ending.cell.opened.streamed if ending.cell.opened else True


def _error_data(error: ProviderError | None) -> dict[str, str]:
    if error is None:
        return {}
    return {key: str(value) for key, value in error.data.items()} | {"detail": error.detail}


def _outcome(ending: Ending) -> Outcome:
    if ending.error:
        nothing: Outcome = "filtered" if ending.error.code == "filtered" else "failed"
        return "interrupted" if ending.text or ending.cell.pictures else nothing
    if ending.finish is None:
        return "stopped" if ending.cell.stopped else "interrupted"
    return _OUTCOMES.get(ending.finish.reason, "ok")


def _usage(ending: Ending) -> tuple[Usage | None, UsageSource]:
    reported = ending.finish.usage if ending.finish else _spent(ending)
    if reported is not None and reported != "implausible":
        return reported, "reported"
    said = ending.text or ending.cell.reasoning
    source: UsageSource = "implausible" if reported else "estimated" if said else "none"
    if source == "none" or ending.estimated_input is None:
        return None, source if reported else "none"
    thought = count_text_tokens(ending.cell.reasoning, ending.cell.model)  # billed as output
    output = count_text_tokens(ending.text, ending.cell.model) + thought
    return Usage(input=ending.estimated_input, output=output, reasoning=thought), source


def _spent(ending: Ending) -> Reported:
    """Figures of an answer that failed; those from the middle of a text aren't its last ones."""
    spent = ending.cell.spent
    return spent.usage if spent and (spent.reason or not ending.text) else None


def _cost(ending: Ending, usage: Usage | None, answered: str | None) -> Decimal | None:
    """In USD, by the price of the model that answered, where that is another one with a price.

    Nothing is billed for a request that was refused or never arrived.
    """
    if usage is None:
        error = _error(ending)
        return Decimal(0) if error and _unbilled(error) else None
    price = from_data(ending.cell.prices)
    if answered and find_model(answered).id != find_model(ending.cell.model).id:
        price = price_of(answered) or price
    if price is None:
        return None
    return cost(
        price,
        input=usage.input,
        cached=usage.cached,
        written=usage.written,
        output=usage.output,
        images=usage.images,
    )


def _unbilled(error: ProviderError) -> bool:
    refused = error.status is not None and error.status >= 300
    return refused or error.code in {
        "refused",
        "dns",
        "tls",
        "needs_upload",
        "redirect",
        "reader_failed",
        "rate_limit",
    }
