"""My own traffic once more: what the store's answers would have cost under another setting.

Estimates of both sides are made in the same way, so that they can be compared: input counted
anew by today's rules, the output that came, and the shares of input that the endpoint says it
read from its prompt cache and wrote there. What stays as it was is priced as it was; another
model by today's list.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from components.chat.recount import AS_IT_WAS, Recount, Rule, Setting, Unknown
from components.chat.store import AttemptResult, Drift, StoredUse
from components.chat.usage_replay_types import Amounts, Compared, MoneyGap, UsageReplay
from components.models import find_model
from components.pricing import LEAST_WRITTEN, Price, cost, from_data, price_of, writes_cache

NOTHING = Amounts()


@dataclass(frozen=True)
class _Line:
    """One answer. The sides are of one answer each, None when `unknown` says why."""

    use: StoredUse
    then: Amounts = NOTHING
    what_if: Amounts = NOTHING
    unknown: Unknown | None = None
    gap: MoneyGap | None = None


def replay_usage(
    uses: Iterable[StoredUse],
    *,
    model: str | None = None,
    detail: str | None = None,
    rule: Rule | None = None,
    price: Callable[[str], Price | None] = price_of,
) -> UsageReplay:
    """What `uses` (Store.usage_since) cost, and would under another model, detail or history rule.

    None leaves a thing as it was; see Setting. price: today's price of a model. A model that
    thinks is charged the thinking that there was; one that doesn't isn't charged any. Pure, and
    counts every text: call it off the loop. Raises ValueError for a negative number of turns.
    """
    setting, counts = Setting(model, detail, rule), Recount()
    today = price(model) if model else None
    lines = [_line(use, setting, counts, today) for use in uses]
    by_model: dict[str, list[_Line]] = {}
    for line in lines:
        by_model.setdefault(line.use.attempt.model, []).append(line)
    models = [_compared(name, some) for name, some in by_model.items()]
    dearest = sorted(models, key=lambda c: (-c.as_estimated.cost, -c.answers, c.model or ""))
    return UsageReplay(_compared(None, lines), tuple(dearest))


def _line(use: StoredUse, setting: Setting, counts: Recount, today: Price | None) -> _Line:
    attempt, result = use.attempt, use.attempt.result
    if result.output_tokens is None:
        return _Line(use, unknown="no_usage")
    then = counts.input_tokens(use, AS_IT_WAS)
    if not isinstance(then, int):
        return _Line(use, unknown=then)
    other = then if setting == AS_IT_WAS else counts.input_tokens(use, setting)
    if not isinstance(other, int):
        return _Line(use, unknown=other)
    kept = from_data(attempt.prices)
    same = setting.model is None or setting.model == attempt.model
    thinks = find_model(setting.model or attempt.model).reasoning
    output = result.output_tokens
    left = output if same or thinks else output - min(output, result.reasoning_tokens or 0)
    before = _amounts(attempt.model, kept, use, then, output)
    after = before
    if setting != AS_IT_WAS:
        name = setting.model or attempt.model
        after = _amounts(name, kept if same else today, use, other, left)
    gap: MoneyGap | None = None
    if not before.priced or not after.priced:
        gap = "no_price" if before.priced else "no_price_then"
        before, after = before.without_money(), after.without_money()
    elif thinks and not same and not find_model(attempt.model).reasoning:
        gap = "thinking"
    return _Line(use, before, after, None, gap)


def _amounts(model: str, price: Price | None, use: StoredUse, input: int, output: int) -> Amounts:
    result = use.attempt.result
    cached = _share(result, result.cached_tokens, input)
    written, at_most = 0, input - cached if input >= LEAST_WRITTEN else 0
    if not writes_cache(model, price):
        at_most = 0
    elif _tells_of_writing(use):
        written = at_most = min(_share(result, result.cache_write_tokens, input), input - cached)
    low, high = (
        cost(price, input=input, cached=cached, written=n, output=output)
        for n in (written, at_most)
    )
    return Amounts(1, input, output, int(low is not None), low or Decimal(0), high or Decimal(0))


def _tells_of_writing(use: StoredUse) -> bool:
    """Whether the bill says what a model that writes to its cache by itself has written."""
    attempt = use.attempt
    told = attempt.result.usage_source == "reported"
    known = attempt.result.cache_write_tokens is not None
    return told and known and writes_cache(attempt.model, from_data(attempt.prices))


def _share(result: AttemptResult, part: int | None, input: int) -> int:
    """Of `input`, as large a share as `part` was of what the endpoint billed."""
    billed = result.input_tokens or 0
    return input * min(part or 0, billed) // billed if billed else 0


def _compared(model: str | None, lines: Sequence[_Line]) -> Compared:
    known = [line for line in lines if line.unknown is None]
    bills = [_bill(line) for line in known if _is_reported(line.use)]
    return Compared(
        model=model,
        answers=len(lines),
        as_estimated=_sum(line.then for line in known),
        what_if=_sum(line.what_if for line in known),
        billed=_sum(billed for billed, _ in bills),
        billed_estimate=_sum(estimate for _, estimate in bills),
        unknown=dict(Counter(line.unknown for line in lines if line.unknown)),
        gaps=dict(Counter(line.gap for line in lines if line.gap)),
        drift=_drift(model, [line.use for line in lines]) if model is not None else (),
    )


def _is_reported(use: StoredUse) -> bool:
    result = use.attempt.result
    return result.usage_source == "reported" and result.input_tokens is not None


def _bill(line: _Line) -> tuple[Amounts, Amounts]:
    """Bill and estimate of an answer, with money only where both have some."""
    result, estimate = line.use.attempt.result, line.then
    billed = Amounts(1, result.input_tokens or 0, result.output_tokens or 0)
    if result.cost is None or not estimate.priced:
        return billed, estimate.without_money()
    return replace(billed, priced=1, cost=result.cost, most=result.cost), estimate


def _sum(parts: Iterable[Amounts]) -> Amounts:
    return sum(parts, NOTHING)


def _drift(model: str, uses: Iterable[StoredUse]) -> tuple[Drift, ...]:
    """As Store.drift, of these answers."""
    sums: dict[str, list[int]] = {}
    for use in uses:
        shown, billed = use.attempt.estimated_input_tokens, use.attempt.result.input_tokens
        if shown and billed is not None and _is_reported(use):
            detail = "+".join(sorted({image.detail for image in use.question.images})) or "text"
            total = sums.setdefault(detail, [0, 0, 0])
            for place, number in enumerate((1, shown, billed)):
                total[place] += number
    return tuple(Drift(model, detail, *numbers) for detail, numbers in sorted(sums.items()))
