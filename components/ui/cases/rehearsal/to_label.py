"""A sample of one's own conversations, to be labelled where there are few labels."""

from collections.abc import Sequence

import streamlit as st

from components import services
from components.chat.store import StoredUse, new_id
from components.labels import MAX_CORRECTED, Said
from components.text import escape_markdown, one_line
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases.rehearsal import drafts
from components.ui.cases.rehearsal.state import Looked
from components.ui.chat.callbacks import shown
from components.ui.history import row_facts
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

_PAGE = 10
_ASKED = 160


@block("cases.to_label")
def show(sample: Sequence[StoredUse], looked: Looked) -> None:
    """Those without a label first."""
    st.header(text("cases.rehearse.sample"), anchor=False)
    if not sample:
        st.caption(text("cases.rehearse.no_sample"))
        return
    st.caption(counted("cases.rehearse.sample_of", len(sample), labelled=len(looked.given)))
    waiting = [use for use in sample if use.attempt.id not in looked.given]
    with st.expander(
        counted("cases.rehearse.to_label", len(waiting)), expanded=not looked.made.cases
    ):
        pages = max(1, -(-len(waiting) // _PAGE))
        number = min(int(str(value("sample_page") or 1)), pages)
        for use in waiting[(number - 1) * _PAGE : number * _PAGE]:
            _answer(use)
        if pages > 1:
            st.pagination(pages, key="sample_page")


@block("cases.to_label_row")
def _answer(use: StoredUse) -> None:
    attempt = use.attempt
    with st.container(border=True, gap="small", key=f"sample-{attempt.id}"):
        asked = options.cut(one_line(use.question.text) or text("cases.page.unasked"), _ASKED)
        digest = next((each.hash for each in use.question.images if each.hash), None)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            row_facts.thumbnail(digest, asked)
            with st.container(width="stretch", gap=None):
                st.markdown(escape_markdown(asked))
                st.caption(row_facts.model_name(attempt.model))
        drafts.said_of(attempt.result.text, "")
        st.text_input(
            text("ui.label.it_is_field"),
            key=f"sample_is-{attempt.id}",
            max_chars=MAX_CORRECTED,
        )
        with st.container(horizontal=True, gap="small"):
            for verdict, icon in (("right", "check_circle"), ("wrong", "cancel")):
                st.button(
                    text(f"cases.rehearse.say.{verdict}"),
                    key=f"sample_{verdict}-{attempt.id}",
                    icon=f":material/{icon}:",
                    on_click=_say,
                    args=(attempt.id, verdict),
                )


@shown
def _say(attempt_id: str, verdict: Said) -> None:
    session = current_session()
    session.person.must_ask()
    key = f"sample_is-{attempt_id}"
    corrected = str(value(key) or "").strip() if verdict == "wrong" else ""
    labels = services.app().store().labels
    labels.add(session.owner, new_id(), attempt_id, verdict, corrected)
    put(key, "")
