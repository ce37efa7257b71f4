"""A scenario worked out: the one function that the page and the command line share."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from components.models import find_model
from components.pricing.price_lookup import price_of
from components.pricing.types import Price
from components.pricing.whatif.counts import Counts, size_of
from components.pricing.whatif.money import add, times
from components.pricing.whatif.request_totals import Asked
from components.pricing.whatif.rules.rejections import rejections
from components.pricing.whatif.turns import conversation, text_tokens
from components.pricing.whatif.types import MAX_TURNS, Figures, Money, Row, RowFigures, Scenario


def work_out(scenario: Scenario, *, at: datetime | None = None) -> Figures:
    """What a scenario comes to with its model. Money is USD; at: when (now by default).

    Any model id is taken; what isn't known of it is None. Each distinct size is counted once.
    Raises ValueError for numbers that nothing can have: sides below 1, negative counts and
    tokens, turns not from 1 to MAX_TURNS, a cached share not from 0 to 1.
    """
    counts = Counts()
    found = brief(scenario, Asked(scenario, counts), at)
    return replace(found, rows=tuple(_row(row, scenario, counts) for row in scenario.rows))


def brief(scenario: Scenario, asked: Asked, at: datetime | None) -> Figures:
    """The figures without rows. asked: of a scenario with the same rows and detail."""
    _check(scenario)
    model = find_model(scenario.model)
    images = asked.images(scenario.model)
    price = price_of(scenario.model, at=at, batch=scenario.batch)
    text = text_tokens(scenario, asked.counts)
    known = images.tokens is not None
    turns = conversation(scenario, images.tokens or 0, price, asked.counts) if known else ()
    spent = add(turn.money for turn in turns) if turns else Money(None, None, None, None, None)
    extra = sum((turn.surcharge for turn in turns), Decimal(0))
    at_most = None if spent.total is None else spent.total + extra
    repeats = scenario.calls * scenario.days
    used = turns[-1].images + turns[-1].text + turns[-1].output if turns else None
    return Figures(
        model=scenario.model,
        rows=(),
        images=images.tokens,
        tolerance=images.tolerance,
        text=text,
        input=None if images.tokens is None else images.tokens + text,
        output=scenario.answer,
        turns=turns,
        conversation=spent,
        month=times(spent, repeats),
        month_tokens=(
            repeats * sum(turn.images + turn.text for turn in turns),
            repeats * sum(turn.output for turn in turns),
        )
        if turns
        else None,
        context=model.context,
        context_used=used,
        batch_known=price is not None or not scenario.batch,
        rejections=rejections(scenario, images, asked.payload, turns),
        price_source=_source(price),
        evidence=images.evidence,
        like=model.like or (price.assumed if price else ""),
        at_most=at_most,
        month_at_most=None if at_most is None else at_most * repeats,
    )


def _row(row: Row, scenario: Scenario, counts: Counts) -> RowFigures:
    size = size_of(row, scenario)
    found = counts.image(scenario.model, find_model(scenario.model), size)
    return RowFigures(
        row=row,
        detail=size[2],
        each=found.tokens,
        total=None if found.tokens is None else found.tokens * row.count,
        status=found.status,
        tolerance=found.tolerance,
        evidence=found.evidence,
        rule=found.rule,
        resized=found.resized,
        grid=found.grid,
    )


def _check(scenario: Scenario) -> None:
    numbers = {
        "prompt": scenario.prompt,
        "system": scenario.system,
        "answer": scenario.answer,
        "calls": scenario.calls,
        "days": scenario.days,
    }
    for name, value in numbers.items():
        if isinstance(value, int) and value < 0:
            raise ValueError(f"{name} ({value}) can't be negative")
    if not 1 <= scenario.turns <= MAX_TURNS:
        raise ValueError(f"turns ({scenario.turns}) must be from 1 to {MAX_TURNS}")
    if not 0 <= scenario.cached <= 1:
        raise ValueError(f"cached ({scenario.cached}) must be from 0 to 1")


def _source(price: Price | None) -> str:
    """Where the price is from, with its date where the source gives one."""
    if price is None:
        return ""
    return f"{price.source}, {price.checked.isoformat()}" if price.checked else price.source
