"""A run beside another one: the verdict in words, and what was lost, shaken and gained."""

import streamlit as st

from components import services
from components.cases.case import FinishedRun
from components.cases.changes import CaseChange, Compared
from components.cases.finished import report_of_finished
from components.cases.judging.words import judges_differ
from components.cases.report.report import Report, report_of
from components.cases.report.successors import successor_lines
from components.cases.report.words import compared_lines
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cases import run_answers, run_list
from components.ui.cases.rehearsal import month
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

_COLOURS = {"lost": "red", "shaken": "orange", "gained": "green"}
_MOST = 50  # changed cases that are drawn
_KEPT = "kept/"  # before the id of a finished run that came with the set


@block("cases.run_beside")
def show(report: Report) -> None:
    """Its settings beside its first, or all of it beside what is chosen: another run, or answers
    that came with the set."""
    among = _offered(report)
    if not among and len(report.columns) < 2:
        return
    st.header(text("cases.run.beside"), anchor=False)
    if among:
        labels = options.distinct(among, markdown=True, most=100)
        st.selectbox(
            text("cases.run.beside_which"),
            list(labels),
            index=None,
            key=f"run_beside-{report.run.id}",
            format_func=labels.__getitem__,
            placeholder=text("cases.run.beside_which"),
            label_visibility="collapsed",
        )
    chosen = str(value(f"run_beside-{report.run.id}") or "")
    before = _before(report, chosen) if chosen in among else None
    if before and (said := judges_differ(current_session().lang, before.run, report.run)):
        st.warning(escape_markdown(said), icon=":material/gavel:")
    beside = _beside(report, before)
    for found in beside.compared:
        _compared(found, before or report, report)
    lang = current_session().lang
    for line in [*successor_lines(lang, beside), *month.lines(beside)]:
        st.caption(escape_markdown(line))


def choose(run_id: str, finished: FinishedRun) -> None:
    """What a run is to stand beside when it is shown."""
    put(f"run_beside-{run_id}", _KEPT + finished.id)


def _offered(report: Report) -> dict[str, str]:
    """What it can stand beside, by id."""
    others = [each for each in run_list.runs_of(report.run.set_id) if each.run.id != report.run.id]
    found = {each.run.id: run_list.label(each) for each in others}
    return found | {_KEPT + each.id: each.name or each.model for each in _finished(report)}


def _finished(report: Report) -> list[FinishedRun]:
    store = services.app().store().cases
    return store.finished_runs(current_session().owner, report.run.set_id)


def _before(report: Report, chosen: str) -> Report | None:
    if chosen.startswith(_KEPT):
        kept = (each for each in _finished(report) if _KEPT + each.id == chosen)
        return next((report_of_finished(each, report.asked) for each in kept), None)
    stored = services.app().store().case_runs.case_run(current_session().owner, chosen)
    return report_of(stored) if stored else None


def _beside(report: Report, before: Report | None) -> Report:
    if before is None:
        return report
    stored = services.app().store().case_runs.case_run(current_session().owner, report.run.id)
    return report_of(stored, before.columns) if stored else report


def _compared(found: Compared, before: Report, after: Report) -> None:
    title, verdict, *others = [*compared_lines(current_session().lang, found), ""]
    with st.container(border=True, gap="xsmall"):
        st.caption(escape_markdown(title))
        st.markdown(f"**{escape_markdown(verdict)}**")
        for line in filter(None, others):
            st.caption(escape_markdown(line))
        changed = [each for each in found.changes if each.change != "same"]
        changed.sort(key=lambda each: list(_COLOURS).index(each.change))
        for each in changed[:_MOST]:
            _change(each, before, after)


def _change(change: CaseChange, before: Report, after: Report) -> None:
    with st.container(gap="xsmall"):
        st.markdown(f":{_COLOURS[change.change]}-badge[{text(f'cases.change.{change.change}')}]")
        run_answers.asked_line(after, change.after.place)
        with st.container(horizontal=True, gap="small"):
            for name, report, case in (
                ("before", before, change.before),
                ("after", after, change.after),
            ):
                with st.container(width="stretch", gap="xxsmall"):
                    st.caption(text(f"cases.out.{name}"))
                    run_answers.said(report, case, decides=False)
