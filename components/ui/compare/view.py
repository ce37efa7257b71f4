"""The compare page: images, what differs without a model, and models asked about them."""

import streamlit as st

from components.i18n.sentence import joined
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.app.navigation import script
from components.ui.compare import cheapest, images, pixels, present, results, unsent
from components.ui.compare.images import compare_page
from components.ui.compare.plan_form import form, restore_form
from components.ui.compare.widget_state import keep
from components.ui.preflight import model_view
from components.ui.streamlit_seam import address
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import share_dialog

_MODES = ("together", "each", "cheapest")
_arrive = st.components.v2.component("tuwen_arrive", js=script("arrive.js"), isolate_styles=False)


def show() -> None:
    """The stage first, what is asked under it, the answers under that: nothing changes places when
    they come."""
    _follow_address()
    with st.container(key="compare_page", gap="small"):
        page = compare_page()
        if page.presenting and present.show():
            visit = f"presented {page.presented}"
            _arrive(key="compare_arrive", data={"target": "compare_presented", "visit": visit})
            return
        _draw()
    model_view.dialog()
    share_dialog.dialog()
    _arrive(key="compare_arrive", data={"target": "compare_results", "visit": page.arrived})


def _draw() -> None:
    page = compare_page()
    _title()
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
    above = (bool(page.images), len(page.problems), bool(page.told))
    page.moved = (page.tab, *above) != page.place
    _pixels()
    if page.images:
        _ask()
    results.show()
    page.place, page.moved = (page.tab, *above), False  # not before all is drawn


def _title() -> None:
    """Read once: where images are it makes room for them, and is left to screen readers."""
    page = compare_page()
    bare = not page.images and not page.run_id
    with st.container(key="compare_title" if bare else "compare_title_unseen"):
        st.title(text("compare.page.title"), anchor=False)
        if bare:
            st.caption(text("compare.page.about"))


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
    bar, below = st.container(key="compare_bar", gap="xsmall"), st.container(gap="small")
    with bar, st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.header(text("compare.form.title"), anchor=False, width="content")
        keep("compare_mode", page.tab)
        st.segmented_control(
            text("compare.form.mode"),
            _MODES,
            key="compare_mode",
            format_func=lambda mode: text(f"compare.mode.{mode}"),
            required=True,
            label_visibility="collapsed",
            on_change=_mode_chosen,
        )
        if page.tab != "cheapest":
            form.detail()
    if page.tab == "cheapest":
        with below:
            cheapest.show()
    else:
        form.show(page.tab, bar, below)


def _mode_chosen() -> None:
    compare_page().tab = str(value("compare_mode"))
