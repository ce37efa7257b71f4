"""A set as a file, with what the format loses of it."""

import io
import re
from functools import partial

import streamlit as st

from components import services
from components.cases.case import CaseSet
from components.cases.formats import WRITTEN, write
from components.cases.keeping import whole_set
from components.cases.loss import Loss, said
from components.cases.packing import packed
from components.cases.store import SetSummary
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.history import export
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session


@block("cases.export")
def show(found: SetSummary) -> None:
    """The formats; what is lost is said before anything is downloaded."""
    session = current_session()
    with st.popover(text("cases.page.export"), icon=":material/download:", key="export_cases"):
        name = str(
            st.selectbox(text("cases.page.format"), WRITTEN, key="case_format", format_func=_called)
        )
        ending, losses = _looked(found, name)
        if losses:
            st.caption(text("cases.page.losses"))
            lines = [said(session.lang, loss) for loss in losses]
            st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
        else:
            st.caption(f":material/check: {text('cases.page.no_losses')}")
        st.download_button(
            text("cases.page.download"),
            checked(
                session.still_there(),
                partial(_made, session.owner, found.id, name, export.typed_keys()),
            ),
            file_name=f"{_stem(found.name)}.{ending}",
            key="download_cases",
            type="primary",
            on_click="ignore",
        )


def _called(name: str) -> str:
    """`promptfoo (CSV)`."""
    base, _, kind = name.partition("-")
    called = text(f"cases.format.{base}")
    return f"{called} ({kind.upper()})" if kind else called


def _looked(found: SetSummary, name: str) -> tuple[str, tuple[Loss, ...]]:
    """How the file ends and what it loses. Our own loses nothing, so it isn't made for that."""
    if name == "tuwen":
        return "zip", ()
    state, key = current_session().cases, (found.id, found.version, name)
    if state.export is None or state.export[0] != key:
        made = write(_whole(current_session().owner, found.id), name)
        state.export = (key, packed(made)[0], made.losses)
    return state.export[1:]


def _whole(owner: str, set_id: str) -> CaseSet:
    store = services.app().store()
    stored = store.cases.whole(owner, set_id)
    if stored is None:  # deleted meanwhile: an empty file says so better than none
        return CaseSet("", ())
    return whole_set(stored, partial(store.conversations.image, owner))


def _made(owner: str, set_id: str, name: str, typed: tuple[str, ...]) -> io.BytesIO:
    """The file, made after the click and outside the page's run. typed: keys to be masked."""
    made = write(_whole(owner, set_id), name)
    return io.BytesIO(packed(made, export.known_keys(typed))[1])


def _stem(name: str) -> str:
    """As much of a set's name as a file's may have."""
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60] or "cases"
