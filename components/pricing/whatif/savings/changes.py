"""The changes to a scenario that `cheaper` tries. Whether they save anything, it finds out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from components.models import find_model, shown_name
from components.pricing.whatif.counts import Counts, Size, size_of, sizes_of
from components.pricing.whatif.rules.vendor_limits import least_cached
from components.pricing.whatif.savings.nearby import Nearby, cheaper_size
from components.pricing.whatif.table import ModelLine, all_models, vision_models
from components.pricing.whatif.types import Figures, Scenario
from components.tokens import ImageTokens

Change = Literal[
    "smaller",
    "larger",
    "low_detail",
    "high_detail",
    "model",
    "one_request",
    "batch",
    "cached",
]
Changed = Iterator[tuple[Change, dict[str, object], Scenario]]

_SIZES = 8  # the costliest ones of a scenario are looked at
_SOON = timedelta(days=180)


def other_sizes(scenario: Scenario, counts: Counts) -> Changed:
    """One change for each of the costliest sizes that has a step nearby."""
    model = find_model(scenario.model)

    def count(detail: str, width: int, height: int) -> ImageTokens:
        return counts.image(scenario.model, model, (width, height, detail))

    sizes = sizes_of(scenario)
    spent = {size: n * (count(size[2], *size[:2]).tokens or 0) for size, n in sizes.items()}
    for size in sorted(spent, key=lambda size: spent[size], reverse=True)[:_SIZES]:
        width, height, detail = size
        found = cheaper_size(width, height, partial(count, detail))
        if found:
            data: dict[str, object] = {
                "n": sizes[size],
                "width": width,
                "height": height,
                "to_width": found.width,
                "to_height": found.height,
                "tokens": count(detail, width, height).tokens,
                "to_tokens": found.tokens,
            }
            larger = found.width * found.height > width * height
            yield "larger" if larger else "smaller", data, _resized(scenario, size, found)


def other_details(scenario: Scenario) -> Changed:
    """All images at another level that the model knows."""
    model = find_model(scenario.model)
    levels: tuple[tuple[Change, str], ...] = (("low_detail", "low"), ("high_detail", "high"))
    for code, level in levels:
        if level in model.details:
            rows = tuple(replace(row, detail=None) for row in scenario.rows)
            yield (
                code,
                {"model": shown_name(scenario.model)},
                replace(scenario, rows=rows, detail=level),
            )


def another_model(scenario: Scenario, at: datetime | None) -> Changed:
    """The vendor's cheapest model that takes the images and stays for half a year."""
    vendor = find_model(scenario.model).vendor
    same = [name for name in vision_models() if vendor and find_model(name).vendor == vendor]
    until = (at or datetime.now(UTC)).date() + _SOON
    priced = [
        (line.month.total, line)
        for line in all_models(scenario, same, at=at)
        if line.month.total is not None
        and not any(rejection.certain for rejection in line.rejections)
        and (line.retires is None or line.retires > until)
    ]
    if priced:
        line: ModelLine = min(priced, key=lambda pair: pair[0])[1]
        data: dict[str, object] = {"model": line.name, "id": line.model}
        yield "model", data, replace(scenario, model=line.model)


def all_in_one_request(scenario: Scenario, counts: Counts) -> Changed:
    """All questions at once, so that the images are sent once."""
    if scenario.turns > 1:
        n = scenario.turns
        question = counts.text(scenario.prompt, find_model(scenario.model))
        changed = replace(scenario, turns=1, prompt=n * question, answer=n * scenario.answer)
        yield "one_request", {"turns": n}, changed


def batch(scenario: Scenario) -> Changed:
    if not scenario.batch:
        yield "batch", {}, replace(scenario, batch=True)


def cached_prompt(scenario: Scenario, now: Figures, counts: Counts) -> Changed:
    """The share that a cache can hold: each request repeats the one before it, and the first
    one the system prompt of other conversations, as far as they are long enough to be kept."""
    model = find_model(scenario.model)
    least = least_cached()
    inputs = [turn.images + turn.text for turn in now.turns]
    before = [counts.text(scenario.system, model), *inputs[:-1]]
    share = sum(n for n in before if n >= least) / sum(inputs) if inputs else 0.0
    share = int(share * 100) / 100
    if share > scenario.cached:
        data: dict[str, object] = {"percent": round(share * 100)}
        yield "cached", data, replace(scenario, cached=share)


def _resized(scenario: Scenario, size: Size, to: Nearby) -> Scenario:
    # Bytes belonged to the old file.
    rows = tuple(
        replace(row, width=to.width, height=to.height, bytes=0)
        if size_of(row, scenario) == size
        else row
        for row in scenario.rows
    )
    return replace(scenario, rows=rows)
