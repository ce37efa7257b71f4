"""How a row of the history says by whom and for how much."""

from decimal import Decimal

from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.widgets.money import money


def model_name(model: str) -> str:
    return text("ui.model.builtin_short") if model == "builtin-reader" else escape_markdown(model)


def cost_of(cost: Decimal, known: bool) -> str:
    """known: nothing is missing in `cost` (USD)."""
    if not cost:
        return text("ui.cost.free" if known else "ui.cost.unknown")
    return money(cost) + ("" if known else f" + {text('ui.cost.unknown')}")
