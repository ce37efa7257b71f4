"""The compare page: images, what differs without a model, and models asked about them."""

import streamlit as st

from components.i18n.sentence import joined
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.app.navigation import script
from components.ui.compare import cheapest, images, pixels, results, unsent
from components.ui.compare.images import compare_page
from components.ui.compare.plan_form import form, restore_form
from components.ui.preflight import model_view
from components.ui.streamlit_seam import address
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import share_dialog

_MODES = ("together", "each", "cheapest")
_arrive = st.components.v2.component("tuwen_arrive", js=script("arrive.js"), isolate_styles=False)


def show() -> None:
    """Answers stand right under what was asked; the pixels, which are taller, make room."""
    page = compare_page()
    _follow_address()
    st.title(text("compare.page.title"), anchor=False)
    st.caption(text("compare.page.about"))
    if not current_session().person.may_ask:
        what, then = errors.sentence("access_viewer", {})
        st.info(joined(what, then), icon=":material/visibility:")
        results.show()
        return
    restore_form.show()
    unsent.remember()
    images.show()
    if not page.images and not page.run_id:
        images.invitation()
        return
    # Whatever stands above the form moves it.
    above = (page.run_id is None, bool(page.images), len(page.problems), bool(page.told))
    page.moved = (page.tab, *above) != page.place
    if not page.run_id:
        _pixels()
    if page.images:
        _ask()
    if page.run_id:
        results.show()
        _pixels()
    page.place, page.moved = (page.tab, *above), False  # not before all is drawn
    model_view.dialog()
    share_dialog.dialog()
    _arrive(key="compare_arrive", data={"target": "compare_results", "visit": page.arrived})


def _follow_address() -> None:
    """`?run=ID` shows a comparison, no id the empty form."""
    page = compare_page()
    asked = address.follow("run", page.run_id)
    if asked == page.run_id:
        return
    page.run_id, page.picked = asked, None
    if asked:
        page.arrived, page.bring_back = asked, True


@st.fragment
def _pixels() -> None:
    pixels.show()


def _ask() -> None:
    page = compare_page()
    st.header(text("compare.form.title"), anchor=False)
    labels = {mode: text(f"compare.mode.{mode}") for mode in _MODES}
    tabs = st.tabs(
        list(labels.values()), key="compare_mode", on_change="rerun", default=labels[page.tab]
    )
    for tab, mode in zip(tabs, _MODES, strict=True):
        if tab.open:
            page.moved = page.moved or page.tab != mode
            page.tab = mode
            with tab:
                if mode == "cheapest":
                    cheapest.show()
                else:
                    form.show(mode)
