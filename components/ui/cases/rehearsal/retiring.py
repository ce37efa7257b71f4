"""Models in use that retire: a line each, and the way to a rehearsal."""

from collections.abc import Iterable

import streamlit as st

from components import services
from components.cases.rehearsal import Ending, ending_line, endings
from components.cases.rehearsal.retiring import of_late
from components.compare.spec import Column
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import model_picker
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options


@block("cases.retiring")
def show() -> None:
    """Nothing where no model in use is about to leave."""
    found = _in_use()
    if not found or not current_session().person.may_ask:
        return
    with st.container(border=True, key="retiring", gap="small"):
        st.markdown(f"**{text('cases.rehearse.title')}**")
        for ending in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                said = escape_markdown(ending_line(current_session().lang, ending))
                st.markdown(f":material/event_busy: {said}")
                choice = id_of(ending)
                label = text("cases.rehearse.open", model=options.cut(ending.column.model))
                st.button(
                    options.distinct({choice: label}, markdown=True)[choice],
                    key=f"rehearse-{choice}",
                    on_click=open_for,
                    args=(choice,),
                )


def ending_of(choice: model_picker.Choice) -> Ending | None:
    """None for a model that stays."""
    ends = {choice.model: choice.ends} if choice.ends else {}
    return next(iter(endings([Column(choice.endpoint, choice.model)], ends)), None)


def lines(chosen: Iterable[model_picker.Choice]) -> None:
    """The banner where models are chosen."""
    for ending in _nearest(chosen):
        said = ending_line(current_session().lang, ending)
        st.caption(f":material/event_busy: {escape_markdown(said)}")


def id_of(ending: Ending) -> str:
    return model_picker.id_of(ending.column.endpoint.name, ending.column.model)


def open_for(choice: str) -> None:
    current_session().cases.retiring = choice
    st.query_params["retire"] = choice


def leave() -> None:
    current_session().cases.retiring = current_session().cases.rehearsing = None
    st.query_params.pop("retire", None)


def _in_use() -> list[Ending]:
    """Of models that were asked in a chat, a comparison or a run."""
    owner, store = current_session().owner, services.app().store()
    used = set(store.history.models_used(owner))
    used |= {model for each in store.comparisons.page(owner, limit=50) for model in each.models}
    used |= set(store.case_runs.models_asked(owner))
    return of_late(_nearest(each for each in model_picker.choices() if each.model in used))


def _nearest(among: Iterable[model_picker.Choice]) -> list[Ending]:
    """Those that leave, the nearest day first; each endpoint's own day counts for its model."""
    found = [ending for each in among if (ending := ending_of(each))]
    return sorted(found, key=lambda each: each.day)
