"""Figures as data for other programs."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from components.pricing.whatif.currency import convert
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.files.link import to_link
from components.pricing.whatif.table import ModelLine
from components.pricing.whatif.types import Figures, Scenario


def to_data(scenario: Scenario, figures: Figures) -> dict[str, Any]:
    """Everything of `figures`. Money is USD as decimal strings, unknown is None (never 0).

    image_tokens, text_tokens, input_tokens and output_tokens are of the first request, cost of
    the whole conversation, month of conversation x calls x days. cost_at_most: with all input
    written to the prompt cache, where the model may do that by itself.
    """
    tokens = figures.month_tokens or (None, None)
    return {
        "model": figures.model,
        "detail": scenario.detail,
        "image_tokens": figures.images,
        "text_tokens": figures.text,
        "input_tokens": figures.input,
        "output_tokens": figures.output,
        "tolerance": figures.tolerance,
        "evidence": figures.evidence,
        "rows": [_row(plain(row)) for row in figures.rows],
        "cost": plain(figures.conversation),
        "cost_at_most": plain(figures.at_most),
        "turns": plain(figures.turns),
        "month": {
            "input_tokens": tokens[0],
            "output_tokens": tokens[1],
            "cost": plain(figures.month),
            "cost_at_most": plain(figures.month_at_most),
        },
        "context": figures.context,
        "context_used": figures.context_used,
        "rejections": plain(figures.rejections),
        "batch": scenario.batch,
        "batch_known": figures.batch_known,
        "price_source": figures.price_source,
        "assumed_like": figures.like or None,
        "currency": _currency(scenario, figures),
        "link": _link(scenario),
    }


def lines_to_data(lines: list[ModelLine]) -> list[dict[str, Any]]:
    """The table of all models, a dict per model."""
    return [plain(line) for line in lines]


def plain(value: Any) -> Any:
    """`value` in JSON's types: Decimal and dates as strings, dataclasses as dicts."""
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(each) for each in value]
    return value


def _row(data: dict[str, Any]) -> dict[str, Any]:
    """The row's own fields beside its figures; `detail` is the level it was counted at."""
    own = data.pop("row")
    return {**own, **data}


def _currency(scenario: Scenario, figures: Figures) -> dict[str, Any]:
    code, rate = scenario.currency, scenario.rate
    return {
        "code": code,
        "rate": f"{rate:f}",
        "cost": plain(convert(figures.conversation.total, code, rate)),
        "month": plain(convert(figures.month.total, code, rate)),
    }


def _link(scenario: Scenario) -> str | None:
    try:
        return to_link(scenario)
    except CostError:  # too long for one
        return None
