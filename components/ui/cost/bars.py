"""All models by what they cost a month, as bars; selecting one switches to it."""

import json
from collections.abc import Iterable
from decimal import Decimal

import streamlit as st

from components.models import shown_name
from components.pricing.whatif import Figures, ModelLine, Rejection, vision_models
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.app.navigation import ASSETS
from components.ui.cost.fields import use_model
from components.ui.cost.result import plain
from components.ui.streamlit_seam.session import value
from components.ui.widgets import when

_FIRST = 10  # bars that are shown at once, the chosen one besides

_bars = st.components.v2.component(
    "tuwen_cost_bars",
    html=(ASSETS / "bars.html").read_text("utf-8"),
    css=(ASSETS / "bars.css").read_text("utf-8"),
    js=(ASSETS / "bars.js").read_text("utf-8"),
    isolate_styles=False,
)


@block("cost.bars")
def show(figures: Figures, lines: list[ModelLine]) -> None:
    """The chosen one on top, then the cheapest first; those without a figure last."""
    ranked = sorted((line for line in lines if line.model != figures.model), key=_rank)
    _bars(
        key="cost_bars",
        data={
            # As a text: Streamlit would look for tables in it.
            "bars": json.dumps(
                [_own(figures), *(_bar(line, figures) for line in ranked)], ensure_ascii=False
            ),
            "first": _FIRST,
            "label": text("cost.page.all_models"),
            "all": text("cost.bars.all", n=len(ranked) + 1),
            "fewer": text("cost.bars.fewer"),
        },
        on_chosen_change=_chosen,
    )


def _rank(line: ModelLine) -> tuple[bool, bool, Decimal]:
    total = line.month.total
    return total is None, _refused(line.rejections), total or Decimal(0)


def _own(figures: Figures) -> dict[str, object]:
    total = figures.month.total
    return {
        "id": figures.model,
        "name": shown_name(figures.model),
        "value": None if total is None else float(total),
        "money": plain(total, figures.month_at_most),
        "difference": text("cost.bars.chosen"),
        "remark": text("cost.page.refused") if _refused(figures.rejections) else "",
    }


def _bar(line: ModelLine, own: Figures) -> dict[str, object]:
    total = line.month.total
    return {
        "id": line.model,
        "name": line.name,
        "value": None if total is None else float(total),
        "money": plain(total, line.month_at_most),
        "difference": _difference(total, own.month.total),
        "cheaper": bool(total is not None and own.month.total and total < own.month.total),
        "remark": _remark(line),
    }


def _difference(month: Decimal | None, own: Decimal | None) -> str:
    """Against the chosen model, in money and as a share of what that costs."""
    if month is None or not own:
        return ""
    share = float(month / own) - 1
    if abs(share) < 0.005:
        return text("cost.bars.same")
    if share < 0:
        return text("cost.bars.saves", money=plain(own - month), share=-share)
    if share < 1:
        return text("cost.bars.more", money=plain(month - own), share=share)
    return text("cost.bars.times", times=1 + share)


def _remark(line: ModelLine) -> str:
    if _refused(line.rejections):
        return text("cost.page.refused")
    if line.retires:
        return when.retirement(line.retires)
    return ""


def _refused(rejections: Iterable[Rejection]) -> bool:
    return any(found.certain and found.code != "unknown_rule" for found in rejections)


def _chosen() -> None:
    said = value("cost_bars")
    if isinstance(said, dict) and said.get("chosen") in vision_models():
        use_model(str(said["chosen"]))
