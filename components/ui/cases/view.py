"""The page of cases: the sets, one of them, or a run."""

import streamlit as st

from components import services
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cases import editor, one_set, run_view, sets
from components.ui.cases.rehearsal import flow
from components.ui.streamlit_seam import address
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import share_dialog


def show() -> None:
    """`?run=ID` shows a run, `?set=ID` a set, `?retire=MODEL` a rehearsal, no id all sets."""
    state, runs = current_session().cases, current_session().case_runs
    runs.run_id = address.follow("run", runs.run_id)
    state.retiring = address.follow("retire", state.retiring)
    asked = address.follow("set", state.set_id)
    if asked != state.set_id:
        state.set_id, state.editing, state.renaming, state.told = asked, None, False, ""
    with st.container(key="cases_page", gap="small"):
        _messages()
        _body()
    share_dialog.dialog()


@block("cases.page", main=True)
def _body() -> None:
    state, store = current_session().cases, services.app().store().cases
    if current_session().case_runs.run_id:
        run_view.show()
        return
    if state.retiring is not None:
        flow.show()
        return
    if state.set_id is None:
        sets.show()
        return
    found = store.summary(current_session().owner, state.set_id)
    if found is None:
        st.info(text("cases.page.not_found"), icon=":material/search_off:")
        one_set.back()
    elif state.editing and state.editing.set_id == found.id:
        editor.show(found)
    else:
        one_set.show(found)


def _messages() -> None:
    """What just happened."""
    session = current_session()
    if session.error:
        errors.show(session.error)
        session.error = None
    if session.cases.told:
        st.caption(f":material/check: {session.cases.told}")
