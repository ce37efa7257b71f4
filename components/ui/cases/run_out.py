"""A run, taken away or deleted."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import services
from components.cases.judging.checked import Labelled
from components.cases.report import WRITERS
from components.cases.report.report import report_of
from components.cases.store.runs import CaseRun, StoredRun
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.callbacks import shown
from components.ui.history.export import known_keys, typed_keys
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import share_dialog

_TYPES = {
    "html": "text/html",
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/xml",
}


@block("cases.run_out")
def show(stored: StoredRun) -> None:
    with st.container(horizontal=True, gap="small", key="run_out"):
        for kind, media_type in _TYPES.items():
            st.download_button(
                text(f"cases.run.out.{kind}"),
                _maker(stored, kind),
                file_name=f"tuwen-cases.{kind}",
                mime=media_type,
                icon=":material/download:",
                type="tertiary",
                key=f"run_out-{kind}",
                on_click="ignore",
            )
        share_dialog.button("run", stored.run.id, "run_share")
        if current_session().person.may_ask:
            with st.popover(text("cases.run.delete"), icon=":material/delete:", type="tertiary"):
                st.caption(text("cases.run.delete_about"))
                st.button(
                    text("cases.run.delete_now"),
                    key="run_delete",
                    on_click=_delete,
                    args=(stored.run.id,),
                )


def labelled(run: CaseRun) -> Sequence[Labelled]:
    """What people decided, where it says something of a judge."""
    store = services.app().store().case_runs
    return store.labelled(current_session().owner) if run.judges else ()


def _maker(stored: StoredRun, kind: str) -> Callable[[], bytes]:
    """Made when it is asked for, not on every run of the page."""
    session, store, keys = current_session(), services.app().store(), known_keys(typed_keys())
    owner, lang, decided = session.owner, session.lang, labelled(stored.run)

    def make() -> bytes:
        report = report_of(stored, keys=keys, labelled=decided)
        pieces = WRITERS[kind](
            report, lang, lambda digest: store.conversations.image(owner, digest)
        )
        return b"".join(pieces)

    return checked(session.still_there(), make)


@shown
def _delete(run_id: str) -> None:
    session = current_session()
    session.person.must_ask()
    services.app().store().case_runs.delete_run(session.owner, run_id)
    leave()


def leave() -> None:
    """Back to the set."""
    current_session().case_runs.run_id = None
    st.query_params.pop("run", None)
