"""Scenarios kept under a name: saved, opened, deleted, compared with the one on the screen."""

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from components import services
from components.chat.store import MAX_SCENARIO_NAME, scenario_name
from components.errors import AppError
from components.pricing.whatif import (
    CostError,
    Figures,
    Scenario,
    from_params,
    to_params,
    work_out,
)
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator
from components.ui.cost.result import amount
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, share_dialog
from components.ui.widgets.money import tokens


@block("cost.saved")
def saved() -> None:
    """Scenarios kept under a name: save, open, delete, compare."""
    st.text_input(text("cost.share.name"), key="cost_scenario_name", max_chars=100, on_change=_keep)
    st.button(text("cost.share.keep"), icon=":material/bookmark_add:", on_click=_keep)
    if name := current_calculator().kept_as:
        st.caption(text("cost.share.kept_as", name=escape_markdown(name)))
    session, store = current_session(), services.app().store()
    kept = store.scenarios.all(session.owner)
    if not kept:
        st.caption(text("cost.share.none"))
        return
    names = options.distinct({each.id: each.name for each in kept}, markdown=True, most=100)
    for scenario in kept[:30]:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.checkbox(
                names[scenario.id],
                key=f"cost_compare-{scenario.id}",
                width="stretch",
                value=scenario.id in current_calculator().compared,
                on_change=_compare,
                args=(scenario.id,),
            )
            st.button(
                text("cost.share.open"),
                key=f"cost_open-{scenario.id}",
                type="tertiary",
                on_click=_open,
                args=(scenario.params,),
            )
            share_dialog.button("scenario", scenario.id, f"cost_share-{scenario.id}", short=True)
            st.button(
                "",
                key=f"cost_delete-{scenario.id}",
                type="tertiary",
                icon=":material/delete:",
                help=text("cost.share.delete"),
                on_click=_delete,
                args=(scenario.id,),
            )


@block("cost.compared")
def compared(figures: Figures) -> None:
    """The chosen scenarios beside the one on the screen."""
    chosen = current_calculator().compared
    kept = [
        s for s in services.app().store().scenarios.all(current_session().owner) if s.id in chosen
    ]
    if not kept:
        return
    names = options.distinct({each.id: each.name for each in kept}, most=100)
    head = [text("cost.share.now"), *names.values()]
    worked: list[Figures | None] = [figures]
    for scenario in kept:
        try:
            worked.append(work_out(_parsed(scenario.params)))
        except CostError:
            worked.append(None)
    lines = [
        "| | " + " | ".join(escape_markdown(name) for name in head) + " |",
        "|---" * (len(head) + 1) + "|",
        _row("cost.page.model", [escape_markdown(f.model) if f else "–" for f in worked]),
        _row("cost.page.image_tokens", [tokens(f.images) if f else "–" for f in worked]),
        _row("cost.page.turns", [f"{len(f.turns):,}" if f and f.turns else "–" for f in worked]),
        _row(
            "cost.page.per_conversation",
            [amount(f.conversation.total, f.at_most) if f else "–" for f in worked],
        ),
        _row(
            "cost.page.a_month",
            [amount(f.month.total, f.month_at_most) if f else "–" for f in worked],
        ),
    ]
    with st.container(key="cost_compared"):
        st.markdown("\n".join(lines))


def _row(label: str, cells: list[str]) -> str:
    return f"| {text(label)} | " + " | ".join(cells) + " |"


def _parsed(params: str) -> Scenario:
    return from_params(dict(parse_qsl(params, keep_blank_values=True)))


def _keep() -> None:
    name = str(value("cost_scenario_name") or "").strip()
    if not name:
        return
    calculator, owner, store = current_calculator(), current_session().owner, services.app().store()
    calculator.kept_as = ""
    try:
        params, name = urlencode(to_params(calculator.asked)), scenario_name(name)
        kept = {scenario.name: scenario.params for scenario in store.scenarios.all(owner)}
        free = name
        while kept.get(free, params) != params:
            free = _next(free, name)
        store.scenarios.save(owner, free, params)
    except AppError as error:
        calculator.report([error], 1)
        return
    calculator.kept_as = free if free != name else ""
    put("cost_scenario_name", "")


def _next(taken: str, name: str) -> str:
    """The name that follows: "Day", "Day (2)", "Day (3)"."""
    n = int(taken.rpartition("(")[2][:-1]) + 1 if taken != name else 2
    ending = f" ({n})"
    return name[: MAX_SCENARIO_NAME - len(ending)] + ending


def _open(params: str) -> None:
    calculator = current_calculator()
    try:
        calculator.scenario, calculator.example = _parsed(params), False
        calculator.report([], 0)
    except CostError as error:
        calculator.report([error], 1)
    calculator.redraw()


def _delete(scenario_id: str) -> None:
    services.app().store().scenarios.delete(current_session().owner, scenario_id)


def _compare(scenario_id: str) -> None:
    calculator = current_calculator()
    others = tuple(s for s in calculator.compared if s != scenario_id)
    calculator.compared = (
        (*others, scenario_id)[-3:] if value(f"cost_compare-{scenario_id}") else others
    )
