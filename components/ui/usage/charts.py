"""Money by day, by model and by person; requests where no money was spent."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import streamlit as st

from components.spending.store import UsageRow
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.usage import people_names
from components.ui.widgets import plotting, when

_MOST = 12  # bars or colours; the rest is one
_WIDEST = 0.6  # of a bar's place; where few share the width each is narrower

Bars = dict[str, dict[str, float]]  # colour -> x -> height


def show(rows: Sequence[UsageRow], names: dict[str, str], days: Sequence[date]) -> None:
    """A chart each, what is measured said on its axis. days: all of them, in order."""
    spent = sum((row.cost for row in rows), Decimal(0)) > 0
    measure = text("ui.usage.cost" if spent else "ui.usage.requests_of")
    models = _most(rows, lambda row: row.model, spent)
    by_day = _bars(rows, lambda row: when.short_day(row.day), lambda row: models[row.model], spent)
    _chart("day", by_day, [when.short_day(day) for day in days], measure, whole=not spent)
    by_model = _bars(rows, lambda row: models[row.model], lambda _: "", spent)
    _chart("model", by_model, _with_bars(models, by_model), measure, whole=not spent)
    if people_names.sees_all():
        people = _most(rows, lambda row: names[row.owner], spent)
        by_person = _bars(rows, lambda row: people[names[row.owner]], lambda _: "", spent)
        _chart("person", by_person, _with_bars(people, by_person), measure, whole=not spent)


def _with_bars(names: dict[str, str], bars: Bars) -> list[str]:
    """The largest first."""
    drawn = {name for heights in bars.values() for name, height in heights.items() if height}
    return [name for name in dict.fromkeys(names.values()) if name in drawn]


def _most(rows: Sequence[UsageRow], name: Callable[[UsageRow], str], spent: bool) -> dict[str, str]:
    """Names as they are drawn, the largest first: those by themselves, the others together."""
    sums: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        sums[name(row)] += _height(row, spent)
    ranked = sorted(sums, key=lambda each: -sums[each])
    return {each: each if n < _MOST else text("ui.usage.others") for n, each in enumerate(ranked)}


def _bars(
    rows: Sequence[UsageRow],
    at: Callable[[UsageRow], str],
    colour: Callable[[UsageRow], str],
    spent: bool,
) -> Bars:
    """The largest colour first, without those of which there is nothing."""
    found: Bars = defaultdict(lambda: defaultdict(float))
    for row in rows:
        found[colour(row)][at(row)] += _height(row, spent)
    ranked = sorted(found, key=lambda name: -sum(found[name].values()))
    return {name: found[name] for name in ranked if sum(found[name].values())}


def _height(row: UsageRow, spent: bool) -> float:
    return float(row.cost) if spent else row.requests


@block("usage.chart")
def _chart(by: str, bars: Bars, across: Sequence[str], measure: str, *, whole: bool) -> None:
    """across: what stands on its axis, in order, also where there is nothing."""
    import plotly.graph_objects as go

    zone = when.zone(st.context.timezone)
    below = text("ui.usage.days_of", zone=zone) if by == "day" else ""
    figure: Any = plotting.figure(below, measure, height=280)
    x = [plotting.plain(each) for each in across]
    for n, (name, heights) in enumerate(bars.items()):
        colour = plotting.COLOURS[n % len(plotting.COLOURS)]
        y = [heights.get(each, 0.0) for each in across]
        width = min(_WIDEST, 0.1 * len(x))
        figure.add_trace(
            go.Bar(x=x, y=y, name=plotting.plain(name), width=width, marker={"color": colour})
        )
    # A name such as "4.1" is no number, and a day is one bar, however few there are.
    figure.update_layout(
        barmode="stack", showlegend=len(bars) > 1, xaxis={"type": "category", "nticks": 8}
    )
    if max((y for heights in bars.values() for y in heights.values()), default=0.0) <= 4 and whole:
        figure.update_yaxes(dtick=1)  # or there would be fifths of a request
    title = text(f"ui.usage.by.{by}")
    st.header(title, anchor=False)
    st.plotly_chart(figure, key=f"usage_by_{by}", config=plotting.config(f"usage-{by}"), alt=title)
