"""One set: its cases as rows, and what can be done with it."""

import streamlit as st

from components import services
from components.cases.store import SetSummary, StoredCase
from components.cases.wording import expectation, question_of
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import editor, export, run_form, run_list
from components.ui.chat.callbacks import shown
from components.ui.history import row_facts
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, when

PAGE = 25
_ASKED = 160  # characters of a question


def show(found: SetSummary) -> None:
    _head(found)
    run_form.show(found)
    run_list.show(found.id)
    _undo(found)
    _cases(found)


def back() -> None:
    """To all sets."""
    st.button(
        text("cases.page.all_sets"),
        key="all_sets",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=leave,
    )


def leave() -> None:
    state = current_session().cases
    state.set_id, state.editing, state.told, state.renaming = None, None, "", False
    st.query_params.pop("set", None)


@block("cases.head")
def _head(found: SetSummary) -> None:
    back()
    may = current_session().person.may_ask
    st.title(escape_markdown(options.cut(found.name, 100)), anchor=False)
    about = [
        counted("cases.page.cases", found.cases),
        text("cases.page.version", n=found.version),
        text("cases.page.changed", when=when.minute(found.updated_at)),
    ]
    st.caption(" · ".join(about))
    if current_session().cases.renaming and may:
        _rename_field(found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if may:
            st.button(
                text("cases.page.add"),
                key="add_case",
                icon=":material/add:",
                on_click=editor.open_new,
                args=(found.id,),
            )
        export.show(found)
        if may:
            st.menu_button(
                text("ui.history.more"),
                ["rename", "delete"],
                key="set_menu",
                format_func=lambda what: text(f"cases.page.{what}"),
                icon=":material/more_horiz:",
                type="tertiary",
                on_click=_menu,
                args=(found,),
            )


def _rename_field(found: SetSummary) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(text("cases.page.name"), value=found.name, key="set_name", max_chars=100)
        st.button(
            text("ui.history.save"),
            key="save_name",
            type="primary",
            on_click=_rename,
            args=(found.id,),
        )
        st.button(text("ui.history.cancel"), key="cancel_name", on_click=_fold)


@block("cases.undo")
def _undo(found: SetSummary) -> None:
    removed = current_session().cases.removed
    if removed is None or removed[0] != found.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="undo_bar"):
        st.caption(text("cases.page.case_deleted"), width="content")
        st.button(
            text("ui.history.undo"),
            key="undo_case",
            icon=":material/undo:",
            type="tertiary",
            on_click=_put_back,
            args=removed,
        )


@block("cases.list", main=True)
def _cases(found: SetSummary) -> None:
    if not found.cases:
        st.info(text("cases.page.empty"), icon=":material/add_photo_alternate:")
        return
    owner, store = current_session().owner, services.app().store().cases
    words = st.text_input(
        text("cases.page.search"),
        key="case_search",
        type="search",
        icon=":material/search:",
        placeholder=text("cases.page.search"),
        label_visibility="collapsed",
    )
    count = store.count(owner, found.id, words or "")
    if words:
        st.caption(counted("cases.page.found", count))
    pages = max(1, -(-count // PAGE))
    number = min(int(str(value("case_page") or 1)), pages)
    rows = store.page(owner, found.id, words=words or "", limit=PAGE, offset=(number - 1) * PAGE)
    with st.container(key="case_list", gap=None):
        for row in rows:
            _row(found.id, row)
    if pages > 1:
        st.pagination(pages, key="case_page")


@block("cases.row")
def _row(set_id: str, row: StoredCase) -> None:
    case = row.case
    asked = (
        options.cut(question_of(case), _ASKED) if question_of(case) else text("cases.page.unasked")
    )
    key = f"{set_id}-{case.id}"
    with (
        st.container(key=f"row-case-{key}", gap=None),
        st.container(horizontal=True, vertical_alignment="center", gap="small"),
    ):
        row_facts.thumbnail(row.image, asked)
        with st.container(width="stretch", gap=None):
            st.markdown(escape_markdown(asked))
            st.caption(_about(row))
        if current_session().person.may_ask:
            _row_actions(set_id, row, key)


def _about(row: StoredCase) -> str:
    said = expectation(current_session().lang, row.case.expect)
    parts = [
        escape_markdown(said) if said else f":material/help: {text('cases.page.expects_nothing')}"
    ]
    if tags := " ".join(f":gray-badge[{escape_markdown(tag)}]" for tag in row.case.tags):
        parts.append(tags)
    return " · ".join(parts)


def _row_actions(set_id: str, row: StoredCase, key: str) -> None:
    with st.container(horizontal=True, gap=None, width="content", key=f"row_actions-{key}"):
        st.button(
            text("cases.page.edit"),
            key=f"edit_case-{key}",
            icon=":material/edit:",
            type="tertiary",
            on_click=editor.open_case,
            args=(set_id, row.case),
        )
        st.button(
            text("cases.page.delete"),
            key=f"delete_case-{key}",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(set_id, row.case.id),
        )


@shown
def _remove(set_id: str, case_id: str) -> None:
    session = current_session()
    session.person.must_ask()
    version = services.app().store().cases.remove(session.owner, set_id, [case_id])
    session.cases.removed = (set_id, version) if version else None
    session.cases.told = ""


@shown
def _put_back(set_id: str, version: int) -> None:
    session = current_session()
    session.person.must_ask()
    services.app().store().cases.put_back(session.owner, set_id, version)
    session.cases.removed = None


def _menu(found: SetSummary) -> None:
    if value("set_menu") == "rename":
        current_session().cases.renaming = True
    else:
        _delete(found)


@shown
def _delete(found: SetSummary) -> None:
    session = current_session()
    session.person.must_ask()
    if services.app().store().cases.delete(session.owner, found.id):
        session.cases.deleted = (found.id, found.name)
    leave()


@shown
def _rename(set_id: str) -> None:
    session = current_session()
    session.person.must_ask()
    services.app().store().cases.rename(session.owner, set_id, str(value("set_name") or ""))
    _fold()


def _fold() -> None:
    current_session().cases.renaming = False
