"""The compare page: images, what differs without a model, and models asked about them."""

import streamlit as st

from components.ui import errors, sharing
from components.ui.compare import cheapest, form, images, pixels, results
from components.ui.compare.images import comparing
from components.ui.language import text
from components.ui.state import visit

_MODES = ("together", "each", "cheapest")


def show() -> None:
    _follow_address()
    st.title(text("compare.page.title"))
    st.caption(text("compare.page.about"))
    if not visit().person.may_ask:
        what, then = errors.sentence("access_viewer", {})
        st.info(f"{what} {then}", icon=":material/visibility:")
    elif not _form():
        return
    results.show()
    sharing.dialog()


def _form() -> bool:
    """Images and questions. False when there is nothing yet to be shown below."""
    images.show()
    if not comparing().images and not comparing().run_id:
        images.invitation()
        return False
    _pixels()
    if comparing().images:
        _ask()
    return True


def _follow_address() -> None:
    """`?run=ID` shows a comparison. A navigation click drops it: put it back."""
    here, asked = comparing(), st.query_params.get("run")
    if asked and asked != here.run_id:
        here.run_id, here.picked = asked, None
    elif here.run_id and not asked:
        st.query_params["run"] = here.run_id


@st.fragment
def _pixels() -> None:
    try:
        pixels.show()
    except Exception as error:
        errors.show(errors.unexpected(error))


def _ask() -> None:
    st.subheader(text("compare.form.title"))
    labels = [text(f"compare.mode.{mode}") for mode in _MODES]
    for tab, mode in zip(
        st.tabs(labels, key="compare_mode", on_change="rerun"), _MODES, strict=True
    ):
        if tab.open:
            with tab:
                if mode == "cheapest":
                    cheapest.show()
                else:
                    form.show(mode)
