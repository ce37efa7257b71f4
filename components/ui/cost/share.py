"""The scenario in the address; copied as a link or a table, saved as CSV, kept under a name."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from components.errors import AppError
from components.pricing.whatif import (
    CostError,
    Figures,
    Scenario,
    from_params,
    rows_csv,
    to_markdown,
    to_params,
    work_out,
)
from components.text import escape_markdown
from components.ui import errors, services
from components.ui.cost.fields import calculator
from components.ui.cost.result import amount, plain
from components.ui.language import text
from components.ui.money import tokens
from components.ui.state import put, value, visit

_MOST_COPIED = 200  # rows of the table
_OURS = {"lang"}  # parameters of the address that aren't the scenario's


def follow_address(default: Scenario) -> None:
    """The address leads: a scenario in it is opened; a bad one is named, and the default shown."""
    here = calculator()
    given = {k: v for k, v in st.query_params.items() if k not in _OURS}
    if given and given != here.written:
        try:
            here.scenario, here.example = from_params(given), False
            here.problems, here.bad = [], 0
        except CostError as error:
            here.problems, here.bad = [error], 1
            here.scenario = here.scenario or default
        here.redraw()
    elif here.scenario is None:
        here.scenario = default
        here.redraw()


def write_address() -> None:
    """Put the scenario into the address, where it fits."""
    here = calculator()
    try:
        wanted = {} if here.example else to_params(here.asked)
    except CostError:
        wanted = {}  # too many sizes for an address; `links` says so
    if wanted != {k: v for k, v in st.query_params.items() if k not in _OURS}:
        st.query_params.from_dict({"lang": visit().lang, **wanted})
    here.written = wanted


def links(figures: Figures) -> None:
    """What can be taken away from here."""
    with st.container(horizontal=True, gap="small", width="content", key="cost_share"):
        with st.popover(text("cost.share.link"), icon=":material/link:"):
            _link()
        with st.popover(text("cost.share.table"), icon=":material/table:"):
            st.caption(text("cost.share.copy_hint"))
            st.code(_markdown(figures), language="markdown")
        st.download_button(
            text("cost.share.csv"),
            lambda: rows_csv(figures),
            file_name="tuwen-cost.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="cost_csv",
        )
        with st.popover(text("cost.share.saved"), icon=":material/bookmark:"):
            _saved()


def _markdown(figures: Figures) -> str:
    """The rows and the sums as a table, to be pasted elsewhere."""
    labels = ("name", "size", "count", "detail", "tokens_each", "tokens_all")
    rows: list[tuple[object, ...]] = [
        (
            r.row.name,
            f"{r.row.width} × {r.row.height}",
            r.row.count,
            text(f"ui.detail.{r.detail}"),
            r.each,
            r.total,
        )
        for r in figures.rows[:_MOST_COPIED]
    ]
    month = plain(figures.month.total)
    per_call = plain(figures.conversation.total)
    sums = (f"{figures.model} · {text('cost.page.per_call')} {per_call}",)
    rows.append((*sums, "", sum(r.row.count for r in figures.rows), "", "", figures.images))
    rows.append((f"{text('cost.page.a_month')} {month}", "", "", "", "", ""))
    return to_markdown([text(f"cost.page.{name}") for name in labels], rows, right=(2, 4, 5))


def _link() -> None:
    try:
        params = to_params(calculator().asked)
    except CostError as error:
        errors.show(error)
        return
    page = urlsplit(st.context.url or "")
    query = urlencode({**params, "lang": visit().lang}, safe=",:@*;")
    st.caption(text("cost.share.copy_hint"))
    st.code(urlunsplit((page.scheme, page.netloc, page.path, query, "")), language=None)
    if isinstance(calculator().asked.prompt, str) or isinstance(calculator().asked.system, str):
        st.caption(text("cost.share.no_texts"))


def _saved() -> None:
    """Scenarios kept under a name: save, open, delete, compare."""
    st.text_input(text("cost.share.name"), key="cost_scenario_name", max_chars=100, on_change=_keep)
    st.button(text("cost.share.keep"), icon=":material/bookmark_add:", on_click=_keep)
    here, log = visit(), services.log()
    kept = log.scenarios(here.owner)
    if not kept:
        st.caption(text("cost.share.none"))
        return
    for scenario in kept[:30]:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.checkbox(
                escape_markdown(scenario.name),
                key=f"cost_compare-{scenario.id}",
                width="stretch",
                value=scenario.id in calculator().compared,
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
            st.button(
                "",
                key=f"cost_delete-{scenario.id}",
                type="tertiary",
                icon=":material/delete:",
                help=text("cost.share.delete"),
                on_click=_delete,
                args=(scenario.id,),
            )


def compared() -> None:
    """The chosen scenarios beside the one on the screen."""
    chosen = calculator().compared
    kept = [s for s in services.log().scenarios(visit().owner) if s.id in chosen]
    if not kept:
        return
    head = [text("cost.share.now"), *(s.name for s in kept)]
    worked: list[Figures | None] = [work_out(calculator().asked)]
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
        _row("cost.page.per_call", [amount(f.conversation.total) if f else "–" for f in worked]),
        _row("cost.page.a_month", [amount(f.month.total) if f else "–" for f in worked]),
    ]
    with st.container(key="cost_compared"):
        st.markdown("\n".join(lines))


def _row(label: str, cells: list[str]) -> str:
    return f"| {text(label)} | " + " | ".join(cells) + " |"


def _parsed(params: str) -> Scenario:
    from urllib.parse import parse_qsl

    return from_params(dict(parse_qsl(params, keep_blank_values=True)))


def _keep() -> None:
    name = str(value("cost_scenario_name") or "").strip()
    if not name:
        return
    here = calculator()
    try:
        params = urlencode(to_params(here.asked))
        services.log().save_scenario(visit().owner, name, params)
    except AppError as error:
        here.problems, here.bad = [error], 1
        return
    put("cost_scenario_name", "")


def _open(params: str) -> None:
    here = calculator()
    try:
        here.scenario, here.example = _parsed(params), False
        here.problems, here.bad = [], 0
    except CostError as error:
        here.problems, here.bad = [error], 1
    here.redraw()


def _delete(scenario_id: str) -> None:
    services.log().delete_scenario(visit().owner, scenario_id)


def _compare(scenario_id: str) -> None:
    here = calculator()
    others = tuple(s for s in here.compared if s != scenario_id)
    here.compared = (*others, scenario_id)[-3:] if value(f"cost_compare-{scenario_id}") else others
