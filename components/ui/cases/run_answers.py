"""The cases of a run with their answers, unsure ones first, and a person's verdict on them."""

import streamlit as st

from components import services
from components.cases.report.report import Report
from components.cases.report.words import answered_by, judges_of, setting_name, why
from components.cases.results import CaseResult, Kind
from components.cases.store.runs import Answer, Verdict
from components.cases.wording import expectation, question_of
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.callbacks import shown
from components.ui.history import row_facts
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, prose

PAGE = 25
_ANSWER = 400  # characters of an answer
_ASKED = 160  # of a question
_SHOWN = ("all", "wrong", "wavers", "unsure", "apart")
_COLOURS: dict[Kind, str] = {"right": "green", "wrong": "red", "unsure": "orange"}


@block("cases.run_cases", main=True)
def show(report: Report) -> None:
    st.header(text("cases.out.all"), anchor=False)
    st.segmented_control(
        text("cases.run.show"),
        _SHOWN,
        default="all",
        key="run_show",
        format_func=lambda each: text(f"cases.run.shown.{each}"),
        required=True,
        label_visibility="collapsed",
    )
    wanted = str(value("run_show") or "all")
    places = [n for n in range(len(report.asked.cases)) if _is_wanted(report, n, wanted)]
    # What waits for a person comes first.
    places.sort(key=lambda n: not any("unsure" in case.kinds for case in cases_at(report, n)))
    pages = max(1, -(-len(places) // PAGE))
    number = min(int(str(value("run_page") or 1)), pages)
    if not places:
        st.caption(text("cases.run.nothing"))
    with st.container(key="run_cases", gap="small"):
        for place in places[(number - 1) * PAGE : number * PAGE]:
            _case(report, place)
    if pages > 1:
        st.pagination(pages, key="run_page")


def cases_at(report: Report, place: int) -> list[CaseResult]:
    """A case in each column that has it."""
    return [case for column in report.columns for case in column.cases if case.place == place]


def asked_line(report: Report, place: int) -> None:
    """The picture, the question and what is expected."""
    case = report.asked.cases[place]
    image = next(iter(case.images), None)
    facts = report.asked.images.get(image.image) if image else None
    asked = options.cut(question_of(case), _ASKED)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        row_facts.thumbnail(facts.hash if facts else None, asked)
        with st.container(width="stretch", gap=None):
            st.markdown(escape_markdown(asked))
            if wanted := expectation(current_session().lang, report.asked.graders(place)):
                st.caption(escape_markdown(text("cases.out.expected", value=wanted)))


def said(report: Report, case: CaseResult, *, decides: bool = True) -> None:
    """The answers of a case in one column, each with its verdict and why. decides: whether a
    person's verdict is asked for there."""
    for answer, kind in zip(case.answers, case.kinds, strict=True):
        colour = _COLOURS.get(kind, "gray")
        st.markdown(f":{colour}-badge[{text(f'cases.kind.{kind}')}]")
        if answer.text:
            _answer(answer.text)
        told = [why(current_session().lang, answer)]
        if other := answered_by(answer, report.run.settings[answer.column]):
            told.append(text("cases.out.other", model=other))
        if any(told):
            st.caption(escape_markdown(" · ".join(filter(None, told))))
        if decides and answer.state == "ok" and current_session().person.may_ask:
            _decide(answer, kind)


def _answer(said: str) -> None:
    """Its beginning, and all of it on a press."""
    if len(said) <= _ANSWER:
        prose.show(said)
        return
    prose.show(said[:_ANSWER].rstrip() + "…")
    with st.popover(text("cases.run.whole"), type="tertiary"):
        prose.show(said)


def _is_wanted(report: Report, place: int, wanted: str) -> bool:
    cases = cases_at(report, place)
    match wanted:
        case "all":
            return True
        case "unsure":
            return any("unsure" in each.kinds for each in cases)
        case "apart":
            others = {"refused", "error", "stopped", "unasked", "other"}
            return any(others & set(each.kinds) for each in cases)
        case state:
            return any(each.state == state for each in cases)


@block("cases.run_case")
def _case(report: Report, place: int) -> None:
    with st.container(key=f"run_case-{place}", border=True, gap="small"):
        asked_line(report, place)
        columns = [
            (column, case)
            for column in report.columns
            for case in column.cases
            if case.place == place
        ]
        with st.container(horizontal=True, gap="small"):
            for column, case in columns:
                with st.container(width="stretch", gap="xxsmall"):
                    if len(report.columns) > 1:
                        name = setting_name(current_session().lang, column.setting)
                        st.caption(escape_markdown(name))
                    said(report, case)


def _decide(answer: Answer, kind: Kind) -> None:
    """Where graders are unsure, and where a judge said it: agreeing with it says something, too."""
    if kind == "unsure" or (judges_of(answer) and not answer.decided):
        with st.container(horizontal=True, gap="xsmall"):
            for verdict in ("right", "wrong"):
                st.button(
                    text(f"cases.run.decide.{verdict}"),
                    key=f"decide_{verdict}-{answer.id}",
                    on_click=_decided,
                    args=(answer.id, verdict),
                )
        return
    if kind in ("right", "wrong"):
        other: Verdict = "wrong" if kind == "right" else "right"
        st.button(
            text(f"cases.run.decide.{other}"),
            key=f"decide_{other}-{answer.id}",
            type="tertiary",
            on_click=_decided,
            args=(answer.id, other),
        )


@shown
def _decided(answer_id: str, verdict: Verdict) -> None:
    session = current_session()
    session.person.must_ask()
    services.app().store().case_runs.decide(
        session.owner, answer_id, verdict, session.person.name or session.person.email
    )
