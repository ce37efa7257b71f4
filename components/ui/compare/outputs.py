"""A comparison, taken away: CSV, Markdown, HTML with the images, zip; or deleted."""

from collections.abc import Callable

import streamlit as st

from components import services
from components.compare.export import (
    comparison_csv,
    comparison_html,
    comparison_markdown,
    comparison_zip,
)
from components.compare.store import Cell, Comparison, StoredComparison
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.compare.images import compare_page
from components.ui.history.export import known_keys, typed_keys
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import share_dialog

_KINDS = {"csv": "text/csv", "md": "text/markdown", "html": "text/html", "zip": "application/zip"}


@block("compare.out")
def show(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    logged = StoredComparison(comparison, cells, running=False)
    with st.container(horizontal=True, gap="small", key="compare_out"):
        for kind, media_type in _KINDS.items():
            st.download_button(
                text(f"compare.out_as.{kind}"),
                _maker(logged, kind),
                file_name=f"tuwen-compare.{kind}",
                mime=media_type,
                icon=":material/download:",
                type="tertiary",
                key=f"compare_out-{kind}",
                on_click="ignore",
            )
        share_dialog.button("comparison", comparison.id, "compare_share")
        with st.popover(text("compare.run.delete"), icon=":material/delete:", type="tertiary"):
            st.caption(text("compare.run.delete_about"))
            st.button(
                text("compare.run.delete_now"),
                key="compare_delete",
                on_click=_delete,
                args=(comparison.id,),
            )


def _maker(logged: StoredComparison, kind: str) -> Callable[[], bytes]:
    """Made when it is asked for, not on every run."""
    session, store, keys = current_session(), services.app().store(), known_keys(typed_keys())
    owner, lang = session.owner, session.lang

    def make() -> bytes:
        if kind == "csv":
            return b"".join(comparison_csv(logged, keys))
        if kind == "md":
            return comparison_markdown(logged, lang, keys)
        write = comparison_html if kind == "html" else comparison_zip
        return b"".join(
            write(logged, lambda digest: store.conversations.image(owner, digest), lang, keys)
        )

    return checked(session.still_there(), make)


def _delete(comparison_id: str) -> None:
    services.app().store().comparisons.delete(current_session().owner, comparison_id)
    compare_page().run_id = None
    st.query_params.pop("run", None)
