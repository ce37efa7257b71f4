"""All models at once, and two to four of them side by side."""

from decimal import Decimal
from typing import Any

import streamlit as st

from components.pricing.whatif import ModelLine
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator, use_model
from components.ui.cost.result import amount
from components.ui.streamlit_seam.session import value
from components.ui.widgets import when
from components.ui.widgets.money import thousands, tokens

MOST_PINNED = 4


@block("cost.models")
def show(lines: list[ModelLine]) -> None:
    """The table of all figures; choosing rows in it pins models below it."""
    if not lines:
        st.caption(text("cost.chart.nothing"))
        return
    st.caption(text("cost.page.pin", most=MOST_PINNED))
    asked = current_calculator().asked
    calculator = current_calculator()
    if value("cost_table") is None:  # it begins anew, with what was chosen before
        calculator.ticked = calculator.pinned
    rate = float(asked.rate)
    money = {"format": "localized", "help": text("cost.help.money", currency=asked.currency)}
    st.dataframe(
        {
            "model": [line.model for line in lines],
            "vendor": [line.vendor for line in lines],
            "images": [line.images for line in lines],
            "call": [_number(line.conversation.total, rate) for line in lines],
            **_upper("call", [(line.conversation.total, line.at_most) for line in lines], rate),
            "month": [_number(line.month.total, rate) for line in lines],
            **_upper("month", [(line.month.total, line.month_at_most) for line in lines], rate),
            "difference": [_percent(line, asked.model) for line in lines],
            "context": [line.context for line in lines],
            "retires": [line.retires for line in lines],
            "evidence": [_evidence(line) for line in lines],
            "prices": [line.price_source or None for line in lines],
            "problem": [_problem(line) for line in lines],
        },
        column_config=_columns(money),
        hide_index=True,
        key="cost_table",
        on_select=_pinned,
        selection_mode="multi-row",
        selection_default={"selection": {"rows": _numbers(lines, calculator.ticked)}},
        height=330,
        placeholder="–",
    )
    pinned = [line for line in lines if line.model in calculator.pinned]
    if len(pinned) > 1:  # below, so that the table stays under the pointer
        _side_by_side(pinned)


def _numbers(lines: list[ModelLine], models: tuple[str, ...]) -> list[int]:
    return [n for n, line in enumerate(lines) if line.model in models]


def per(turns: int) -> str:
    """What a conversation is called: with one turn, it is a call."""
    return text("cost.page.per_call" if turns == 1 else "cost.page.per_conversation")


def _columns(money: dict[str, Any]) -> dict[str, Any]:
    column = st.column_config
    upper = {**money, "help": text("cost.help.up_to")}
    asked = current_calculator().asked
    call, month = (
        f"{said} ({asked.currency})" for said in (per(asked.turns), text("cost.page.a_month"))
    )
    return {
        "model": column.TextColumn(text("cost.page.model"), pinned=True),
        "vendor": column.TextColumn(text("cost.page.vendor")),
        "images": column.NumberColumn(text("cost.page.image_tokens"), format="localized"),
        "call": column.NumberColumn(call, **{**money, "format": "%.6f"}),
        "call_up_to": column.NumberColumn(
            text("cost.page.up_to", what=call), **{**upper, "format": "%.6f"}
        ),
        "month": column.NumberColumn(month, **{**money, "format": "%.2f"}),
        "month_up_to": column.NumberColumn(
            text("cost.page.up_to", what=month), **{**upper, "format": "%.2f"}
        ),
        "difference": column.NumberColumn(text("cost.page.difference"), format="%+.0f %%"),
        "context": column.NumberColumn(text("cost.page.window"), format="compact"),
        "retires": column.DateColumn(text("cost.page.retires")),
        "evidence": column.TextColumn(text("cost.page.evidence")),
        "prices": column.TextColumn(text("cost.page.prices"), help=text("cost.help.prices")),
        "problem": column.TextColumn(text("cost.page.problem")),
    }


def _upper(
    name: str, ranges: list[tuple[Decimal | None, Decimal | None]], rate: float
) -> dict[str, list[float | None]]:
    """A column for the upper ends of what is a range, so that it sorts as well; none where
    nothing is."""
    found = [most if most != least else None for least, most in ranges]
    if all(most is None for most in found):
        return {}
    return {f"{name}_up_to": [_number(most, rate) for most in found]}


def _number(usd: object, rate: float) -> float | None:
    return None if usd is None else float(str(usd)) * rate


def _percent(line: ModelLine, own: str) -> float | None:
    if line.model == own or line.difference is None:
        return None
    return float(round(100 * line.difference))  # no "-0 %"


def _evidence(line: ModelLine) -> str:
    if line.images == 0:
        return "–"
    if line.evidence is None:
        return text("cost.page.unknown")
    tolerance = f" ±{line.tolerance}" if line.tolerance else ""
    return text(f"cost.evidence_word.{line.evidence}") + tolerance


def _problem(line: ModelLine) -> str:
    certain = [r for r in line.rejections if r.certain and r.code != "unknown_rule"]
    return text("cost.page.refused") if certain else ""


def _pinned() -> None:
    from components.pricing.whatif import vision_models

    state: Any = value("cost_table")
    chosen = state["selection"]["rows"]
    names = vision_models()
    current_calculator().pinned = tuple(names[n] for n in chosen[:MOST_PINNED] if n < len(names))


def _side_by_side(pinned: list[ModelLine]) -> None:
    with st.container(key="cost_pinned"):
        for column, line in zip(st.columns(len(pinned)), pinned, strict=True):
            with column, st.container(border=True, gap="xsmall"):
                st.markdown(f"**{escape_markdown(line.name)}**")
                st.metric(
                    text("cost.page.a_month"),
                    amount(line.month.total, line.month_at_most).replace("\\", ""),
                    delta=_delta(line),
                    delta_color="inverse",
                )
                st.caption("  \n".join(_facts(line)))
                st.button(
                    text("cost.page.use_model"),
                    key=f"cost_use-{line.model}",
                    disabled=line.model == current_calculator().asked.model,
                    on_click=use_model,
                    args=(line.model,),
                )


def _delta(line: ModelLine) -> str | None:
    if line.difference is None or line.model == current_calculator().asked.model:
        return None
    return f"{round(100 * line.difference):+,d} %"


def _facts(line: ModelLine) -> list[str]:
    facts = [
        text("cost.page.image_tokens") + ": " + tokens(line.images, line.tolerance),
        per(current_calculator().asked.turns)
        + ": "
        + amount(line.conversation.total, line.at_most),
        text("cost.page.window") + ": " + thousands(line.context),
        text("cost.page.evidence") + ": " + _evidence(line),
    ]
    if line.retires:
        facts.append(text("cost.page.retires") + ": " + when.short_day(line.retires))
    return facts
