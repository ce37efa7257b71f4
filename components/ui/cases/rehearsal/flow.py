"""The page of one rehearsal: from labelled answers to cases, successors, and a run."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from components import services
from components.cases.from_labels import Made, from_labels
from components.cases.rehearsal import Ending, ending_line
from components.cases.rehearsal.draft import labels_about, redrafted
from components.cases.rehearsal.sample import SAMPLE, sampled
from components.chat.store import StoredUse
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cases import labelled, run_settings
from components.ui.cases.rehearsal import asking, drafts, retiring, to_label
from components.ui.cases.rehearsal.state import Looked, Rehearsing
from components.ui.chat import model_picker
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import when

_SINCE = timedelta(days=365)  # of the log, from which a sample is drawn
_TALKS = 1000  # conversations whose tags are looked at


def show() -> None:
    """The rehearsal of the address."""
    st.button(
        text("cases.page.all_sets"),
        key="all_sets",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=retiring.leave,
    )
    ending = _ending()
    if ending is None or not current_session().person.may_ask:
        st.info(text("cases.rehearse.not_found"), icon=":material/search_off:")
        return
    looked = _looked(ending)
    _head(ending)
    drafts.show(looked)
    if len(looked.made.cases) < SAMPLE:
        to_label.show(_rehearsing().sample or [], looked)
    asking.show(looked)


@block("cases.rehearse_head")
def _head(ending: Ending) -> None:
    st.title(
        text("cases.rehearse.of", model=escape_markdown(ending.column.model)),
        anchor=False,
    )
    said = escape_markdown(ending_line(current_session().lang, ending))
    st.markdown(f":material/event_busy: {said}")
    if not ending.over:
        day = when.short_day(ending.day)
        st.info(text("cases.rehearse.last_chance", day=day), icon=":material/hourglass_bottom:")


def _ending() -> Ending | None:
    wanted = current_session().cases.retiring
    among = (each for each in model_picker.choices() if each.id == wanted)
    choice = next(among, None)
    return retiring.ending_of(choice) if choice else None


def _rehearsing() -> Rehearsing:
    state = current_session().cases
    if state.rehearsing is None or state.rehearsing.choice != state.retiring:
        state.rehearsing = Rehearsing(state.retiring or "")
    return state.rehearsing


def _looked(ending: Ending) -> Looked:
    state = _rehearsing()
    if state.sample is None:
        state.sample = _sample(ending.column.model)
    sample = {use.attempt.id for use in state.sample}
    labels = services.app().store().labels.all(current_session().owner, labelled.JUDGED)
    given = {each.attempt_id: str(each.verdict) for each in labels if each.attempt_id in sample}
    key = tuple(each.id for each in labels)
    if state.made is None or state.made[0] != key:
        talks, compared = labelled.read_about(labels)
        mine = labels_about(labels, talks, compared, ending.column.model, sample)
        state.made = key, from_labels(mine, talks, compared, run_settings.criterion())
    made: Made = state.made[1]
    found = redrafted(made.cases, state.changed, state.dropped)
    return Looked(ending, made, tuple(found), {each: said for each, said in given.items() if each})


def _sample(model: str) -> list[StoredUse]:
    """Drawn when the page is opened: it stays while its answers are labelled."""
    owner, store = current_session().owner, services.app().store()
    uses = store.answers.usage_since(owner, datetime.now(UTC) - _SINCE)
    tags = {each.id: each.tags for each in store.history.page(owner, limit=_TALKS)}
    seen = [each for each in uses if each.question.images] or uses
    return sampled(seen, tags, model)
