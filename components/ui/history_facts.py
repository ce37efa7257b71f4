"""How a row of the history says when, by whom and for how much."""

from datetime import datetime
from decimal import Decimal

import streamlit as st

from components.text import escape_markdown
from components.ui import services
from components.ui.language import text
from components.ui.money import money


def written(at: datetime) -> str:
    """On the person's clock."""
    return at.astimezone(services.zone(st.context.timezone)).strftime("%Y-%m-%d %H:%M")


def model_name(model: str) -> str:
    return text("ui.model.builtin_short") if model == "builtin-reader" else escape_markdown(model)


def cost_of(cost: Decimal, known: bool) -> str:
    """known: nothing is missing in `cost` (USD)."""
    if not cost:
        return text("ui.cost.free" if known else "ui.cost.unknown")
    return money(cost) + ("" if known else f" + {text('ui.cost.unknown')}")
