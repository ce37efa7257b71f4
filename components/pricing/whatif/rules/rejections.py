"""What speaks against a request: the model, its window, its vendor's limits."""

from collections.abc import Iterator

from components.models import Model, find_model, shown_name
from components.pricing.whatif.counts import size_of
from components.pricing.whatif.request_totals import Images
from components.pricing.whatif.rules.payload import Payload, payload_problems
from components.pricing.whatif.rules.vendor_limits import limits_of
from components.pricing.whatif.types import Rejection, Scenario, Turn
from components.tokens.kinds.base import squares
from components.tokens.kinds.patch import MOST_PATCHES, PATCH


def rejections(
    scenario: Scenario, images: Images, payload: Payload, turns: tuple[Turn, ...]
) -> tuple[Rejection, ...]:
    """Why the scenario's requests would be refused, () when nothing speaks against them.

    turns: () where the tokens aren't known; the context isn't judged then.
    """
    model = find_model(scenario.model)
    return tuple(_problems(scenario, model, images, payload, turns))


def _problems(
    scenario: Scenario, model: Model, images: Images, payload: Payload, turns: tuple[Turn, ...]
) -> Iterator[Rejection]:
    if not model.vision and images.n:
        yield Rejection("no_vision", {"model": shown_name(scenario.model)})
    elif images.refused:
        yield _too_many_patches(scenario, images)
    if images.unknown:
        yield Rejection("unknown_rule", {"model": shown_name(scenario.model)}, certain=False)
    limits = limits_of(model)
    if limits and model.vision and images.n:
        yield from payload_problems(payload, images.n, limits)
    yield from _too_long(scenario, model, turns)


def _too_many_patches(scenario: Scenario, images: Images) -> Rejection:
    rows = tuple(
        n for n, row in enumerate(scenario.rows) if size_of(row, scenario) in images.refused
    )
    first = scenario.rows[rows[0]]
    columns, high = squares((first.width, first.height), PATCH)
    data: dict[str, object] = {
        "width": first.width,
        "height": first.height,
        "patches": columns * high,
        "limit": MOST_PATCHES,
        "n": len(rows),
    }
    return Rejection("rejected", data, rows=rows)


def _too_long(scenario: Scenario, model: Model, turns: tuple[Turn, ...]) -> Iterator[Rejection]:
    name = shown_name(scenario.model)
    needs = ((turn.n, turn.images + turn.text + turn.output) for turn in turns)
    window = model.context
    over = next(((n, used) for n, used in needs if window and used > window), None)
    if over:
        turn, used = over
        data: dict[str, object] = {"model": name, "turn": turn, "used": used, "limit": window}
        yield Rejection("context", data)
    if model.max_output and scenario.answer > model.max_output:
        data = {"model": name, "answer": scenario.answer, "limit": model.max_output}
        yield Rejection("output", data)
