"""What could be changed to pay less, and what it would save."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from components.pricing.whatif.counts import Counts
from components.pricing.whatif.figures import brief
from components.pricing.whatif.request_totals import Asked
from components.pricing.whatif.savings.changes import (
    Change,
    all_in_one_request,
    another_model,
    batch,
    cached_prompt,
    other_details,
    other_sizes,
)
from components.pricing.whatif.types import Figures, Scenario

_WORTH_IT = Decimal("0.01")


@dataclass(frozen=True)
class Suggestion:
    """One change. code, data: text `cost.cheaper.<code>` and its values; scenario: with the
    change made. saving: USD a month; share: of what the month costs now (0 to 1)."""

    code: Change
    data: dict[str, object]
    scenario: Scenario
    saving: Decimal
    share: float


def cheaper(scenario: Scenario, *, at: datetime | None = None) -> list[Suggestion]:
    """Changes that save at least 1 %, best first. [] when the price isn't known or nothing is
    paid; a change that would get the request refused isn't suggested. Each stands alone: two
    together save less than both sums. Raises ValueError as work_out does."""
    counts = Counts()
    now = brief(scenario, Asked(scenario, counts), at)
    month = now.month.total
    if not month:
        return []
    found = []
    for code, data, changed in _changes(scenario, now, counts, at):
        then = brief(changed, Asked(changed, counts), at)
        if then.month.total is None or _refused(then) - _refused(now):
            continue
        saving = month - then.month.total
        if saving >= month * _WORTH_IT:
            found.append(Suggestion(code, data, changed, saving, float(saving / month)))
    return sorted(found, key=lambda suggestion: suggestion.saving, reverse=True)


def _changes(
    scenario: Scenario, now: Figures, counts: Counts, at: datetime | None
) -> Iterator[tuple[Change, dict[str, object], Scenario]]:
    yield from other_sizes(scenario, counts)
    yield from other_details(scenario)
    yield from another_model(scenario, at)
    yield from all_in_one_request(scenario, counts)
    yield from batch(scenario)
    yield from cached_prompt(scenario, now, counts)


def _refused(figures: Figures) -> set[str]:
    return {rejection.code for rejection in figures.rejections if rejection.certain}
