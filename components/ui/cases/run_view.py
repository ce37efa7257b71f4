"""A run: how far it is, what came of it, and what can be done with it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from components import services
from components.cases.errors import CaseError
from components.cases.report.report import Report, report_of
from components.cases.report.successors import judge_lines
from components.cases.report.words import column_lines, held_line, setting_name
from components.cases.running.run import Shown
from components.cases.store.runs import Held, StoredRun
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import run_again, run_answers, run_beside, run_out
from components.ui.cases.run_out import labelled
from components.ui.chat.callbacks import shown
from components.ui.compare.plan_form.columns import columns_of, maker
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, when
from components.ui.widgets.money import money

_LOOK = 1.0  # seconds between two looks at a run that goes on


@dataclass(frozen=True)
class Looked:
    """A run as it stands. now: while somebody is at it."""

    stored: StoredRun
    now: Shown | None


def show() -> None:
    """The run of the address."""
    looked = _look()
    st.button(
        text("cases.run.back"),
        key="run_back",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=run_out.leave,
    )
    if looked is None:
        st.info(text("cases.run.not_found"), icon=":material/search_off:")
        return
    _head(looked)
    if looked.now:
        st.fragment(_running, run_every=_LOOK)()
        return
    report = report_of(looked.stored, labelled=labelled(looked.stored.run))
    _results(report)
    run_beside.show(report)
    run_answers.show(report)
    run_out.show(looked.stored)


def _look() -> Looked | None:
    """First ours: one that ends in between is then read from the store in its last state."""
    session, app = current_session(), services.app()
    run_id = session.case_runs.run_id or ""
    stored = app.store().case_runs.case_run(session.owner, run_id)
    if stored is None:
        return None
    run = app.case_runs().follow(session.owner, stored)
    if run is None:
        return Looked(stored, None)
    _, now = run.wait(-1, 0)
    if now.done:
        again = app.store().case_runs.case_run(session.owner, run_id)
        return Looked(again or stored, None)
    going_on = StoredRun(now.run, stored.snapshot, now.answers, True, now.judgements)
    return Looked(going_on, now)


@block("cases.run_head")
def _head(looked: Looked) -> None:
    run = looked.stored.run
    st.title(escape_markdown(options.cut(run.name, 100)), anchor=False)
    parts = [when.minute(run.created_at), counted("cases.run.repeats_of", run.repeats)]
    if run.budget is not None:
        parts.append(text("cases.run.budget_of", budget=money(run.budget)))
    st.caption(" · ".join(parts))
    if not current_session().person.may_ask:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if looked.now:
            _act("pause", ":material/pause:", _hold, run.id, "pause")
            _act("stop", ":material/stop_circle:", _hold, run.id, "stop")
        else:
            _go_on(looked.stored)
            run_again.show(looked.stored)
    if not looked.now:
        run_again.confirm(run.id)


def _go_on(stored: StoredRun) -> None:
    run = stored.run
    if stored.waiting and run.budget is not None:
        st.number_input(
            text("cases.run.budget"),
            min_value=0.0,
            value=float(run.budget),
            step=0.5,
            key="run_raise",
            width=180,
        )
    if stored.waiting:
        _act("go_on", ":material/play_arrow:", _resume, run.id, False)
    if stored.failed:
        _act("again", ":material/refresh:", _resume, run.id, True)


def _act(name: str, icon: str, work: Callable[..., None], *args: object) -> None:
    st.button(text(f"cases.run.{name}"), key=f"run_{name}", icon=icon, on_click=work, args=args)


def _running() -> None:
    """Drawn anew each second; the whole page once it is done."""
    looked = _look()
    if looked is None or looked.now is None:
        st.rerun()
        return
    _progress(looked.now)
    _results(report_of(looked.stored, labelled=labelled(looked.stored.run)))


@block("cases.run_progress")
def _progress(now: Shown) -> None:
    of = len(now.requests)
    parts = [text("cases.command.progress", ended=now.ended, n=of, cost=money(now.cost))]
    for pause in now.pauses:
        seconds = max(1.0, pause.until - time.monotonic())
        parts.append(text("compare.run.pause", endpoint=pause.endpoint, seconds=seconds))
    st.progress(now.ended / of if of else 1.0, text=" · ".join(parts))


@block("cases.run_results", main=True)
def _results(report: Report) -> None:
    lang = current_session().lang
    waiting = sum(column.kinds["unasked"] for column in report.columns)
    if held := held_line(lang, report.run.held, waiting):
        st.warning(held, icon=":material/pause_circle:")
    with st.container(horizontal=True, key="run_columns", gap="small"):
        for column in report.columns:
            with st.container(border=True, width="stretch", gap="xxsmall"):
                name = setting_name(lang, column.setting)
                first, *others = column_lines(lang, column)
                st.markdown(f"**{escape_markdown(name)}**  \n{escape_markdown(first)}")
                for line in others:
                    st.caption(escape_markdown(line))
    for line in judge_lines(lang, report):
        st.caption(f":material/gavel: {escape_markdown(line)}")


@shown
def _hold(run_id: str, why: Held) -> None:
    current_session().person.must_ask()
    services.app().case_runs().hold(current_session().owner, run_id, why)


@shown
def _resume(run_id: str, errors: bool) -> None:
    session = current_session()
    session.person.must_ask()
    stored = services.app().store().case_runs.case_run(session.owner, run_id)
    if stored is None:
        raise CaseError("case_run_unknown", id=run_id)
    columns, raised = columns_of(stored.run.whom), value("run_raise")
    services.app().case_runs().resume(
        session.owner,
        run_id,
        columns,
        maker(columns),
        errors=errors,
        budget=Decimal(str(raised)) if raised else None,
    )
