"""Money by day, by model and by person; requests where no money was spent."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import streamlit as st

from components.spending.store import UsageRow
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.usage import people_names
from components.ui.widgets import plotting

_MOST = 12  # bars or colours; the rest is one
_WIDEST = 0.6  # of a bar's place; where few share the width each is narrower

Bars = dict[str, dict[str, float]]  # colour -> x -> height


def show(rows: Sequence[UsageRow], names: dict[str, str]) -> None:
    """A chart each, what is measured said on its axis."""
    spent = sum((row.cost for row in rows), Decimal(0)) > 0
    measure = text("ui.usage.cost" if spent else "ui.usage.requests_of")
    tops = _most(rows, lambda row: row.model, spent)
    _chart(
        "day",
        _every_day(_bars(rows, lambda row: str(row.day), tops, spent), rows),
        measure,
        whole=not spent,
    )
    _chart("model", _bars(rows, lambda row: tops[row.model], {}, spent), measure, whole=not spent)
    if people_names.sees_all():
        people = _most(rows, lambda row: names[row.owner], spent)
        by_person = _bars(rows, lambda row: people[names[row.owner]], {}, spent)
        _chart("person", by_person, measure, whole=not spent)


def _most(rows: Sequence[UsageRow], name: Callable[[UsageRow], str], spent: bool) -> dict[str, str]:
    """Names as they are drawn: the largest by themselves, the others together."""
    sums: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        sums[name(row)] += _height(row, spent)
    ranked = sorted(sums, key=lambda each: -sums[each])
    return {each: each if n < _MOST else text("ui.usage.others") for n, each in enumerate(ranked)}


def _bars(
    rows: Sequence[UsageRow],
    at: Callable[[UsageRow], str],
    colours: dict[str, str],
    spent: bool,
) -> Bars:
    found: Bars = defaultdict(lambda: defaultdict(float))
    for row in sorted(rows, key=lambda row: row.day):
        found[colours.get(row.model, "")][at(row)] += _height(row, spent)
    return found


def _every_day(bars: Bars, rows: Sequence[UsageRow]) -> Bars:
    """With the days on which nothing was used, in order."""
    first, last = min(row.day for row in rows), max(row.day for row in rows)
    days = [str(first + timedelta(days=n)) for n in range((last - first).days + 1)]
    return {name: {day: heights.get(day, 0.0) for day in days} for name, heights in bars.items()}


def _height(row: UsageRow, spent: bool) -> float:
    return float(row.cost) if spent else row.requests


@block("usage.chart")
def _chart(by: str, bars: Bars, measure: str, *, whole: bool) -> None:
    import plotly.graph_objects as go

    figure: Any = plotting.figure("", measure, height=280)
    for n, (name, heights) in enumerate(bars.items()):
        colour = plotting.COLOURS[n % len(plotting.COLOURS)]
        x, y = [plotting.plain(each) for each in heights], list(heights.values())
        width = min(_WIDEST, 0.1 * len(x))
        figure.add_trace(
            go.Bar(x=x, y=y, name=plotting.plain(name), width=width, marker={"color": colour})
        )
    # A name such as "4.1" is no number, and a day is one bar, however few there are.
    figure.update_layout(barmode="stack", showlegend=len(bars) > 1, xaxis={"type": "category"})
    if max((y for heights in bars.values() for y in heights.values()), default=0.0) <= 4 and whole:
        figure.update_yaxes(dtick=1)  # or there would be fifths of a request
    title = text(f"ui.usage.by.{by}")
    st.header(title, anchor=False)
    st.plotly_chart(figure, key=f"usage_by_{by}", config=plotting.config(f"usage-{by}"), alt=title)
