"""The charts: cost against size, a month by model, cost over the turns of a conversation."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components.pricing.whatif import (
    MAX_SIDE,
    Figures,
    ModelLine,
    staircase,
    to_csv,
    vision_models,
)
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator, start
from components.ui.cost.result import PARTS
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import plotting

Chart = tuple[Any, Sequence[str], list[Sequence[object]]]  # figure, and its data as a table
_KINDS = ("size", "models", "turns")
_MOST_MODELS = 5


@block("cost.charts")
def show(figures: Figures, lines: list[ModelLine]) -> None:
    """One chart at a time, with its data."""
    st.segmented_control(
        text("cost.chart.which"),
        _KINDS,
        **start("cost_chart_kind", value("cost_chart_kind") or "size", "default"),
        key="cost_chart_kind",
        format_func=lambda kind: text(f"cost.chart.{kind}"),
        label_visibility="collapsed",
        required=True,
    )
    kind = str(value("cost_chart_kind") or "size")
    made: dict[str, Callable[[], Chart | None]] = {
        "size": lambda: _by_size(figures),
        "models": lambda: _by_model(lines),
        "turns": lambda: _by_turn(figures),
    }
    with st.container(key="cost_chart"):
        chart = made[kind]()
        if chart is None:
            st.caption(text("cost.chart.nothing"))
            return
        figure, header, rows = chart
        st.plotly_chart(
            figure,
            key=f"cost_chart-{kind}",
            config=plotting.config(kind),
            alt=text(f"cost.chart.{kind}"),
        )
        st.download_button(
            text("cost.chart.csv"),
            checked(current_session().still_there(), lambda: to_csv(header, rows)),
            file_name=f"tuwen-{kind}.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
            key=f"cost_chart_csv-{kind}",
        )


def _by_size(figures: Figures) -> Chart | None:
    """Tokens of one image against its longest side, for images of the first row's shape."""
    import plotly.graph_objects as go

    if not figures.rows:
        return None
    chosen = _drawn()
    first, detail = figures.rows[0].row, current_calculator().asked.detail
    ratio = first.width / first.height
    longest = min(MAX_SIDE, max(4096, *(max(r.row.width, r.row.height) for r in figures.rows)))
    figure = plotting.figure(text("cost.chart.longest"), text("cost.chart.tokens"))
    rows: list[Sequence[object]] = []
    for colour, model in zip(plotting.COLOURS, chosen, strict=False):
        points = staircase(model, detail, ratio, longest, points=400)
        x, y = [max(w, h) for w, h, _ in points], [n for _, _, n in points]
        line = {"shape": "hv", "color": colour}
        figure.add_trace(go.Scatter(x=x, y=y, name=plotting.plain(model), mode="lines", line=line))
        rows += [(model, *point) for point in points if point[2] is not None]
    if not rows:
        return None
    own = [r for r in figures.rows if r.each is not None][:200]
    if own:
        figure.add_trace(
            go.Scatter(
                x=[max(r.row.width, r.row.height) for r in own],
                y=[r.each for r in own],
                text=[plotting.plain(f"{r.row.name} {r.row.width} × {r.row.height}") for r in own],
                name=text("cost.chart.own"),
                mode="markers",
                marker={"size": 10, "symbol": "diamond", "color": "#e0a100"},
            )
        )
    st.caption(
        text(
            "cost.chart.shape",
            width=first.width,
            height=first.height,
            detail=text(f"ui.detail.{detail}"),
        )
    )
    header = ["cost.page.model", "cost.page.width", "cost.page.height", "cost.chart.tokens"]
    return figure, [text(h) for h in header], rows


def _drawn() -> list[str]:
    """The models whose lines are drawn; the scenario's own is always offered first."""
    calculator = current_calculator()
    if calculator.drawn_for != calculator.asked.model:
        kept = [
            model for model in calculator.drawn if model != calculator.drawn_for
        ] or calculator.pinned
        calculator.drawn = tuple(dict.fromkeys([calculator.asked.model, *kept]))[:_MOST_MODELS]
        calculator.drawn_for = calculator.asked.model
    ids = list(dict.fromkeys([calculator.asked.model, *calculator.drawn, *vision_models()]))
    return st.multiselect(
        text("cost.chart.models_shown"),
        ids,
        **start("cost_chart_models", list(calculator.drawn), "default"),
        key="cost_chart_models",
        max_selections=_MOST_MODELS,
        placeholder=text("cost.chart.choose_models"),
        on_change=_draw_these,
    )


def _draw_these() -> None:
    chosen: Any = value("cost_chart_models")
    current_calculator().drawn = tuple(chosen)


def _by_model(lines: list[ModelLine]) -> Chart | None:
    """Money a month, stacked: images, text, cached input, answers; the cheapest first."""
    import plotly.graph_objects as go

    pinned = [line for line in lines if line.model in current_calculator().pinned]
    known = [line for line in (pinned or lines) if line.month.total is not None]
    known = sorted(known, key=lambda line: line.month.total or 0)[:30]
    if not known:
        return None
    rate = float(current_calculator().asked.rate)
    figure = plotting.figure(
        text("cost.chart.money", currency=current_calculator().asked.currency),
        "",
        height=90 + 24 * len(known),
    )
    rows: list[Sequence[object]] = [(line.model,) for line in known]
    for colour, part in zip(plotting.COLOURS, PARTS, strict=False):
        paid = [float(getattr(line.month, part) or 0) * rate for line in known]
        names = [plotting.plain(line.model) for line in known]
        name, marker = text(f"cost.part.{part}"), {"color": colour}
        figure.add_trace(go.Bar(y=names, x=paid, name=name, orientation="h", marker=marker))
        rows = [(*row, value) for row, value in zip(rows, paid, strict=True)]
    # A model that is called "4.1" or "2026-05" is neither a number nor a day.
    figure.update_layout(barmode="stack", yaxis={"autorange": "reversed", "type": "category"})
    header = [text("cost.page.model"), *(text(f"cost.part.{p}") for p in PARTS)]
    return figure, header, rows


def _by_turn(figures: Figures) -> Chart | None:
    """What each request of the conversation costs, and all up to it."""
    import plotly.graph_objects as go

    turns = [turn for turn in figures.turns if turn.money.total is not None]
    if not turns:
        return None
    rate = float(current_calculator().asked.rate)
    each = [float(turn.money.total or 0) * rate for turn in turns]
    so_far = [sum(each[: n + 1]) for n in range(len(each))]
    x = [turn.n for turn in turns]
    money = text("cost.chart.money", currency=current_calculator().asked.currency)
    figure = plotting.figure(text("cost.chart.turn"), money)
    one, all_ = text("cost.chart.this_turn"), text("cost.chart.so_far")
    figure.add_trace(go.Bar(x=x, y=each, name=one, marker={"color": plotting.COLOURS[0]}))
    line = {"color": plotting.COLOURS[1]}
    figure.add_trace(go.Scatter(x=x, y=so_far, name=all_, mode="lines+markers", line=line))
    figure.update_xaxes(dtick=1 if len(x) <= 20 else None)
    if len(turns) == 1:
        st.caption(text("cost.chart.more_turns"))
    header = [text("cost.chart.turn"), one, all_]
    return figure, header, [tuple(row) for row in zip(x, each, so_far, strict=True)]
