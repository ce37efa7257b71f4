"""An earlier run graded again, by what its set expects now."""

import streamlit as st

from components import services
from components.cases.again import graded_again
from components.cases.errors import CaseError
from components.cases.judging.rubrics import judges_for
from components.cases.judging.words import judge_notes, judge_prices
from components.cases.plan import Plan
from components.cases.store.runs import StoredRun
from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.cases import run_settings
from components.ui.cases.run_form import facts, open_run, whole_cases
from components.ui.chat.callbacks import shown
from components.ui.compare.plan_form.columns import maker
from components.ui.streamlit_seam.session import current_session


def show(stored: StoredRun) -> None:
    """The button."""
    run = stored.run
    store = services.app().store().cases
    if not run.set_id or store.summary(current_session().owner, run.set_id) is None:
        return
    st.button(
        text("cases.run.grade_again"),
        key="run_grade_again",
        icon=":material/rule:",
        help=text("cases.run.grade_again_about"),
        on_click=_grade,
        args=(run.id,),
    )


def confirm(run_id: str) -> None:
    """Before a judge is asked: its price, and another button."""
    lang, state = current_session().lang, current_session().case_runs
    if state.again is None or state.again[0] != run_id:
        return
    made = state.again[1]
    with st.container(key="run_again", border=True, gap="xsmall"):
        st.caption(text("cases.run.grade_again_price", n=len(made.answers)))
        for line in (
            *judge_prices(lang, made.run, made.judgements),
            *judge_notes(lang, made.run),
        ):
            st.caption(escape_markdown(line))
        with st.container(horizontal=True, gap="small"):
            st.button(
                text("cases.run.grade_again"),
                key="run_grade_now",
                type="primary",
                on_click=_start,
                args=(made,),
            )
            st.button(text("ui.history.cancel"), key="run_grade_not", on_click=_fold)


@shown
def _grade(run_id: str) -> None:
    """At once where it costs nothing."""
    session, store = current_session(), services.app().store()
    session.person.must_ask()
    stored = store.case_runs.case_run(session.owner, run_id)
    if stored is None:
        raise CaseError("case_run_unknown", id=run_id)
    kept, cases = whole_cases(stored.run.set_id, stored.run.name)
    judges = judges_for(cases, run_settings.judge_of(stored.run))
    made = graded_again(stored, cases, judges, facts(kept.hashes))
    if made.judgements:
        session.case_runs.again = run_id, made
    else:
        _begin(made)


@shown
def _start(made: Plan) -> None:
    current_session().person.must_ask()
    _begin(made)


def _begin(made: Plan) -> None:
    session = current_session()
    judges = made.columns[len(made.run.settings) :]
    services.app().case_runs().start(session.owner, made, maker(judges))
    _fold()
    open_run(made.run.id)


def _fold() -> None:
    current_session().case_runs.again = None
