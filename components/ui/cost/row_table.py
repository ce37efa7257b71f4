"""The table of the scenario's rows, to be edited; by size where they are many."""

from collections import Counter
from dataclasses import replace
from typing import Any

import streamlit as st

from components.models import find_model
from components.pricing.whatif import Figures, Row
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import change, current_calculator
from components.ui.streamlit_seam.session import value
from components.ui.widgets.money import tokens

_Size = tuple[int, int, str, int | None, int, str]
MOST_EDITED = 300  # rows that the table takes; more are shown by size


@block("cost.rows")
def table(figures: Figures) -> None:
    """Every row with its tokens, to be changed, added to and removed from; drawn when it is
    unfolded."""
    many = len(figures.rows) > MOST_EDITED
    box = st.expander(
        text("cost.page.each_size", n=len(figures.rows)),
        key="cost_each",
        expanded=many,
        on_change="rerun",
    )
    with box:
        if many:
            _by_size(figures)
        elif box.open:
            _edited_table(figures)


def _edited_table(figures: Figures) -> None:
    calculator = current_calculator()
    key = f"cost_rows-{calculator.edition}"
    st.data_editor(
        {
            "width": [r.row.width for r in figures.rows],
            "height": [r.row.height for r in figures.rows],
            "count": [r.row.count for r in figures.rows],
            "detail": [r.row.detail for r in figures.rows],
            "tokens": [_figure(r.each, r.tolerance, r.status) for r in figures.rows],
            "name": [r.row.name for r in figures.rows],
        },
        column_order=_columns(figures),
        column_config=_column_config(figures),
        num_rows="dynamic",
        hide_index=True,
        key=key,
        on_change=_edited,
        args=(key,),
        placeholder="–",
        height=min(35 * (len(figures.rows) + 2) + 2, 317),
    )


def _columns(figures: Figures) -> list[str]:
    named = any(r.row.name for r in figures.rows)
    return ["width", "height", "count", "detail", "tokens", *(["name"] if named else [])]


def _column_config(figures: Figures) -> dict[str, Any]:
    side: dict[str, Any] = {
        "min_value": 1,
        "max_value": 1_000_000,
        "step": 1,
        "required": True,
        "format": "%d",
    }
    column = st.column_config
    return {
        "width": column.NumberColumn(text("cost.page.width"), width=76, **side),
        "height": column.NumberColumn(text("cost.page.height"), width=76, **side),
        "count": column.NumberColumn(
            text("cost.page.count"), width=70, min_value=1, max_value=1_000_000, step=1, default=1
        ),
        "detail": column.SelectboxColumn(
            text("cost.page.detail"),
            width=70,
            options=list(find_model(figures.model).details),
            help=text("cost.page.own_detail"),
        ),
        "tokens": column.TextColumn(text("cost.page.tokens_each"), width=84, disabled=True),
        "name": column.TextColumn(text("cost.page.name"), width=110, disabled=True),
    }


def _figure(each: int | None, tolerance: int, status: str) -> str:
    if each is None:
        return text("cost.page.refused" if status == "rejected" else "cost.page.unknown")
    return tokens(each, tolerance)


def _by_size(figures: Figures) -> None:
    """Too many rows to be edited: how often each size comes, the most frequent first."""
    most, sizes = current_calculator().once("by_size", lambda: _most(figures))
    st.caption(text("cost.page.by_size", rows=len(figures.rows), sizes=sizes))
    st.dataframe(
        {
            text("cost.page.width"): [size[0] for size, _ in most],
            text("cost.page.height"): [size[1] for size, _ in most],
            text("cost.page.count"): [n for _, n in most],
            text("cost.page.detail"): [text(f"ui.detail.{size[2]}") for size, _ in most],
            text("cost.page.tokens_each"): [_figure(*size[3:]) for size, _ in most],
        },
        hide_index=True,
        height=250,
    )
    st.button(text("cost.page.clear"), icon=":material/delete:", on_click=_clear, type="tertiary")


def _most(figures: Figures) -> tuple[list[tuple[_Size, int]], int]:
    """The most frequent sizes with how often they come, and how many sizes there are."""
    amounts: Counter[_Size] = Counter()
    for r in figures.rows:
        size = (r.row.width, r.row.height, r.detail, r.each, r.tolerance, r.status)
        amounts[size] += r.row.count
    return amounts.most_common(MOST_EDITED), len(amounts)


def _edited(key: str) -> None:
    """What was done in the table, told against the rows it was made with."""
    calculator = current_calculator()
    done: Any = value(key)
    rows: list[Row] = list(calculator.asked.rows)
    for at, changes in done["edited_rows"].items():
        rows[int(at)] = _changed(rows[int(at)], changes)
    gone = set(done["deleted_rows"])
    rows = [row for n, row in enumerate(rows) if n not in gone]
    added = [new for new in done["added_rows"] if new.get("width") and new.get("height")]
    rows += [_changed(Row(1, 1), new) for new in added]
    if len(added) < len(done["added_rows"]):
        return  # a row is half typed: the table keeps it until it is whole
    change(rows=tuple(rows))
    calculator.example = not rows
    calculator.report([], 0)
    calculator.redraw()


def _changed(row: Row, changes: dict[str, Any]) -> Row:
    if "detail" in changes:
        row = replace(row, detail=changes["detail"] or None)
    whole: dict[str, Any] = {
        name: int(changes[name]) for name in ("width", "height", "count") if changes.get(name)
    }
    return replace(row, **whole) if whole else row


def _clear() -> None:
    change(rows=())
    current_calculator().example = True
    current_calculator().report([], 0)
    current_calculator().redraw()
