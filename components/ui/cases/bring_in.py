"""Files of cases: what is in one, what is lost by taking it in, and whether to keep it."""

import dataclasses

import streamlit as st

from components.cases.formats import of_files, read
from components.cases.loss import said
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import sets
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.usage import quota


@block("cases.bring_in")
def show() -> None:
    """A bar for files, and what came."""
    came = current_session().cases.came
    if came is None:
        with st.container(key="cases_drop", gap=None):
            drop_zone.bar("cases_drop", "cases.drop", _dropped)
        return
    cases = came.cases
    with st.container(border=True, key="cases_came", gap="small"):
        st.text_input(text("cases.page.name"), key="came_name", max_chars=100)
        facts = [
            text(f"cases.format.{came.format}"),
            counted("cases.page.cases", len(cases.cases)),
            counted("cases.page.images", len(cases.images)),
        ]
        if cases.runs:
            facts.append(counted("cases.page.finished_runs", len(cases.runs)))
        st.markdown(" · ".join(facts))
        lines = [said(current_session().lang, loss) for loss in came.losses]
        if lines:
            st.caption(text("cases.page.losses"))
            st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
        else:
            st.caption(f":material/check: {text('cases.page.no_losses')}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                text("cases.page.keep"),
                key="keep_cases",
                type="primary",
                icon=":material/check:",
                on_click=_keep,
            )
            st.button(text("cases.page.discard"), key="discard_cases", on_click=_discard)


@shown
def _dropped(files: drop_zone.Files, goes_on: bool) -> None:
    taken, refused = quota.fitting(files)
    if refused:
        raise refused[0]
    state = current_session().cases
    state.told = ""
    if taken:
        state.files = [*(state.files if goes_on else []), *taken]
        state.came = read(of_files(state.files))
        put("came_name", state.came.cases.name[:100])


@shown
def _keep() -> None:
    state = current_session().cases
    if state.came is None:
        return
    name = str(value("came_name") or "").strip() or state.came.cases.name
    sets.keep(dataclasses.replace(state.came.cases, name=name), "file")
    _discard()


def _discard() -> None:
    state = current_session().cases
    state.came, state.files = None, []
