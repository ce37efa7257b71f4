"""The sets: those that come with the app, one's own, and the ways to another one."""

from collections.abc import Callable

import streamlit as st

from components import services
from components.cases import builtin
from components.cases.case import CaseSet
from components.cases.keeping import contents_of
from components.cases.store import Origin, SetSummary
from components.chat.store import new_id
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import bring_in, labelled
from components.ui.cases.rehearsal import retiring
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, when


def show() -> None:
    st.title(text("cases.page.title"), anchor=False)
    st.caption(text("cases.page.about"))
    _undo()
    retiring.show()
    if current_session().person.may_ask:
        _new()
        bring_in.show()
    _list()


@block("cases.sets", main=True)
def _list() -> None:
    session = current_session()
    mine = services.app().store().cases.sets(session.owner)
    ids = {each.id for each in mine}
    with st.container(key="set_list", gap=None):
        for found in mine:
            _row(found)
        for name in builtin.names():
            if builtin.set_id(name, session.lang) not in ids:
                _builtin_row(name)


@block("cases.set_row")
def _row(found: SetSummary) -> None:
    about = [
        text(f"cases.origin.{found.origin}"),
        counted("cases.page.cases", found.cases),
        when.day(found.updated_at),
    ]
    _line(f"set-{found.id}", found.name, about, open_set, found.id)


def _builtin_row(name: str) -> None:
    about = [text("cases.page.builtin"), counted("cases.page.cases", builtin.size(name))]
    if current_session().person.may_ask:
        _line(f"builtin-{name}", text(f"cases.builtin.{name}"), about, _open_builtin, name)


def _line(
    key: str, name: str, about: list[str], opens: Callable[[str], None], argument: str
) -> None:
    with st.container(key=f"row-{key}", gap=None):
        st.button(
            options.distinct({key: name}, markdown=True)[key],
            key=f"open-{key}",
            type="tertiary",
            icon=":material/checklist:",
            on_click=opens,
            args=(argument,),
        )
        st.caption(" · ".join(about))


def _undo() -> None:
    deleted = current_session().cases.deleted
    if deleted is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="undo_bar"):
        st.caption(text("cases.page.set_deleted", name=options.cut(deleted[1])), width="content")
        st.button(
            text("ui.history.undo"),
            key="undo_set",
            icon=":material/undo:",
            type="tertiary",
            on_click=_undo_delete,
            args=(deleted[0],),
        )


@block("cases.new")
def _new() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover(text("cases.page.new"), icon=":material/add:", key="new_set"):
            st.text_input(text("cases.page.name"), key="new_set_name", max_chars=100)
            st.button(text("cases.page.create"), key="create_set", type="primary", on_click=_create)
        labelled.show()


def open_set(set_id: str) -> None:
    state = current_session().cases
    state.set_id, state.told, state.came = set_id, "", None
    state.removed = state.editing = None
    put("case_search", "")
    put("case_page", 1)
    st.query_params["set"] = set_id


def keep(cases: CaseSet, origin: Origin, set_id: str | None = None) -> str:
    """Keep a set with its images and open it. Its id. Raises QuotaError, CaseError, StoreError."""
    session = current_session()
    session.person.must_ask()
    contents = contents_of(cases.images)
    sizes = [(each.hash, len(each.content)) for each in contents.values()]
    services.app().budget().make_room(session.owner, sizes)
    found = set_id or new_id()
    services.app().store().cases.create(session.owner, found, cases, contents, origin)
    open_set(found)
    return found


@shown
def _open_builtin(name: str) -> None:
    """It is kept like any other set: it can be changed, and run."""
    session = current_session()
    set_id = builtin.set_id(name, session.lang)
    if not services.app().store().cases.undo_delete(session.owner, set_id):
        keep(builtin.builtin(name, session.lang), "samples", set_id)
    open_set(set_id)


@shown
def _create() -> None:
    name = str(value("new_set_name") or "").strip() or text("cases.page.unnamed")
    put("new_set_name", "")
    keep(CaseSet(name, (), lang=current_session().lang), "hand")


@shown
def _undo_delete(set_id: str) -> None:
    session = current_session()
    services.app().store().cases.undo_delete(session.owner, set_id)
    session.cases.deleted = None
