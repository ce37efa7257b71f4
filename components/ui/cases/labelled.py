"""A set from labels: answers that somebody called right or wrong become cases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import reduce

import streamlit as st

from components import services
from components.cases.case import CaseSet
from components.cases.from_labels import from_labels
from components.chat.store import NewImage, StoredConversation, new_id
from components.compare.store import Comparison
from components.i18n.sentence import joined
from components.labels import Judged, Label
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import run_settings, sets
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam.session import current_session, value

JUDGED: tuple[Judged, ...] = ("right", "wrong")


@block("cases.labelled")
def show() -> None:
    """How many there are, and a set of them with one click."""
    labels = services.app().store().labels.all(current_session().owner, JUDGED)
    counts = Counter(label.verdict for label in labels)
    with st.popover(text("cases.page.from_labels"), icon=":material/thumbs_up_down:"):
        if not labels:
            st.caption(text("cases.page.no_labels"))
            return
        st.caption(
            counted("cases.page.labels", len(labels), right=counts["right"], wrong=counts["wrong"])
        )
        st.text_input(text("cases.page.name"), key="labels_name", max_chars=100)
        st.button(text("cases.page.make_cases"), key="make_cases", type="primary", on_click=_make)


@shown
def _make() -> None:
    session, store = current_session(), services.app().store()
    session.person.must_ask()
    labels = store.labels.all(session.owner, JUDGED)
    talks, compared = read_about(labels)
    made = from_labels(labels, talks, compared, run_settings.criterion())
    name = str(value("labels_name") or "").strip() or text("cases.page.of_labels")
    cases = CaseSet(name, tuple(made.cases), lang=session.lang)
    contents = contents_of(made.hashes)
    set_id = new_id()
    store.cases.create(session.owner, set_id, cases, contents, "labels")
    sets.open_set(set_id)
    told = [counted("cases.page.made", len(made.cases))]
    if made.open:
        told.append(counted("cases.page.made_open", made.open))
    if made.left_out:
        told.append(counted("cases.page.made_left_out", made.left_out))
    session.cases.told = reduce(joined, told)


def read_about(
    labels: Sequence[Label],
) -> tuple[dict[str, StoredConversation], dict[str, Comparison]]:
    """The conversations and comparisons that labels are about, by id."""
    owner, store = current_session().owner, services.app().store()
    talks = {
        each: found
        for each in _ids(labels, "conversation_id")
        if (found := store.conversations.conversation(owner, each))
    }
    compared = {
        each: kept.comparison
        for each in _ids(labels, "comparison_id")
        if (kept := store.comparisons.comparison(owner, each))
    }
    return talks, compared


def contents_of(hashes: Mapping[str, str]) -> dict[str, NewImage]:
    """Images that the store has, by the names that cases use. hashes: by these names."""
    owner, store = current_session().owner, services.app().store()
    return {
        file: image
        for file, digest in hashes.items()
        if (image := store.conversations.image(owner, digest))
    }


def _ids(labels: Sequence[Label], name: str) -> dict[str, None]:
    return dict.fromkeys(each for label in labels if (each := getattr(label, name)))
