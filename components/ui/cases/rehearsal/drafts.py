"""The proposed cases, each grader with what it says of the labelled answer, before any is kept."""

import streamlit as st

from components.cases.by_hand import KINDS, PER_LINE, grader_of
from components.cases.case import Case
from components.cases.rehearsal.draft import Checked
from components.cases.wording import grader_words, question_of
from components.i18n import texts
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases.rehearsal.state import Looked, Rehearsing
from components.ui.chat.callbacks import shown
from components.ui.history import row_facts
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, prose

_PAGE = 10
_ASKED, _SAID = 160, 400  # characters of a question, of an answer
_COLOURS = {"right": "green", "wrong": "red", "unsure": "orange"}


@block("cases.drafts")
def show(looked: Looked) -> None:
    """How many there are, then each, those that need a look first."""
    st.header(text("cases.rehearse.cases"), anchor=False)
    found, state = looked.drafts, _rehearsing()
    model = escape_markdown(looked.ending.column.model)
    if not looked.made.cases:
        st.caption(text("cases.rehearse.no_labels", model=model))
        return
    st.caption(_counts(looked))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            text("cases.rehearse.shown"),
            ("list", "one"),
            default="list",
            key="drafts_shown",
            format_func=lambda each: text(f"cases.rehearse.{each}"),
            required=True,
            label_visibility="collapsed",
        )
        if looked.open:
            label = counted("cases.rehearse.drop_open", looked.open)
            ids = tuple(each.case.id for each in found if not each.holds)
            st.button(label, key="drop_open", type="tertiary", on_click=_drop, args=ids)
        if state.dropped:
            label = counted("cases.rehearse.take_back", len(state.dropped))
            st.button(label, key="take_back", type="tertiary", on_click=_take_back)
    size = 1 if value("drafts_shown") == "one" else _PAGE
    pages = max(1, -(-len(found) // size))
    number = min(int(str(value("drafts_page") or 1)), pages)
    for each in found[(number - 1) * size : number * size]:
        _draft(looked, each)
    if pages > 1:
        st.pagination(pages, key="drafts_page")


def _counts(looked: Looked) -> str:
    parts = [counted("cases.rehearse.ready", len(looked.drafts) - looked.open)]
    if looked.open:
        parts.append(counted("cases.rehearse.need_look", looked.open))
    if looked.made.left_out:
        parts.append(counted("cases.page.made_left_out", looked.made.left_out))
    return " · ".join(parts)


@block("cases.draft")
def _draft(looked: Looked, found: Checked) -> None:
    case, state = found.case, _rehearsing()
    with st.container(border=True, gap="small", key=f"draft-{case.id}"):
        image = next(iter(case.images), None)
        asked = options.cut(question_of(case) or text("cases.page.unasked"), _ASKED)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            row_facts.thumbnail(looked.made.hashes.get(image.image) if image else None, asked)
            st.markdown(escape_markdown(asked))
        said_of(str(case.source.get("answer") or ""), str(case.source.get("marked") or ""))
        if corrected := str(case.source.get("corrected") or ""):
            st.caption(text("ui.label.it_is", text=escape_markdown(options.cut(corrected, _SAID))))
        _graders(found)
        if state.editing == case.id:
            _form(case)
            return
        with st.container(horizontal=True, gap="small"):
            _act("change", ":material/edit:", case.id)
            _act("drop", ":material/close:", case.id)


def said_of(answer: str, marked: str) -> None:
    """An answer of then, with its label where it has one."""
    if marked:
        colour = _COLOURS.get(marked, "gray")
        st.markdown(f":{colour}-badge[{text(f'cases.rehearse.labelled.{marked}')}]")
    prose.show(answer if len(answer) <= _SAID else answer[:_SAID].rstrip() + "…")


def _graders(found: Checked) -> None:
    lang = current_session().lang
    for grader, grade in found.each:
        verdict = text(f"cases.kind.{grade.verdict}")
        words = escape_markdown(grader_words(lang, grader))
        st.markdown(f":{_COLOURS[grade.verdict]}-badge[{verdict}] {words}")
        key = f"cases.why.{grade.why.code}"
        if grade.verdict != "right" and key in texts(lang):
            st.caption(escape_markdown(text(key, **grade.why.data)))
    if found.problem:
        st.warning(text(f"cases.rehearse.problem.{found.problem}"), icon=":material/rule:")


def _form(case: Case) -> None:
    """An expectation in the place of the proposed one."""
    kind = st.selectbox(
        text("cases.page.kind"),
        KINDS,
        key="draft_kind",
        format_func=lambda kind: text(f"cases.kind.{kind}"),
        width=220,
    )
    label = "cases.page.per_line" if kind in PER_LINE else f"cases.value.{kind}"
    st.text_area(text(label), key="draft_expected", height=68)
    with st.container(horizontal=True, gap="small"):
        st.button(
            text("cases.rehearse.use"),
            key="use_grader",
            type="primary",
            on_click=_use,
            args=(case,),
        )
        st.button(text("ui.history.cancel"), key="fold_draft", on_click=_fold)


def _act(name: str, icon: str, case_id: str) -> None:
    st.button(
        text(f"cases.rehearse.{name}"),
        key=f"{name}_draft-{case_id}",
        icon=icon,
        type="tertiary",
        on_click=_change if name == "change" else _drop,
        args=(case_id,),
    )


def _change(case_id: str) -> None:
    _rehearsing().editing = case_id
    put("draft_expected", "")


def _drop(*case_ids: str) -> None:
    state = _rehearsing()
    state.dropped += [each for each in case_ids if each not in state.dropped]
    state.editing = None


def _take_back() -> None:
    _rehearsing().dropped.clear()


@shown
def _use(case: Case) -> None:
    typed = str(value("draft_expected") or "")
    if typed.strip():
        kind = str(value("draft_kind") or KINDS[0])
        _rehearsing().changed[case.id] = [grader_of(kind, typed, case.choices)]
    _fold()


def _fold() -> None:
    _rehearsing().editing = None


def _rehearsing() -> Rehearsing:
    found = current_session().cases.rehearsing
    assert found is not None, "the flow has made one"
    return found
