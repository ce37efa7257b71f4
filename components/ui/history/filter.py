"""The search field of the history and its filters; what is set lives in the session."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import streamlit as st

from components import services
from components.chat.store import HistoryFilter
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

_DAYS = (0, 1, 7, 30, 90)
_MARKS = ("starred", "with_images")


@block("history.search", lambda: _since(current_session().history.wanted))
def show() -> HistoryFilter:
    """Draw search and filters; returns what is wanted."""
    session = current_session()
    put("history_search", session.history.wanted.text)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text_input(
            text("ui.filter.search"),
            key="history_search",
            placeholder=text("ui.filter.search_hint"),
            icon=":material/search:",
            live=True,
            label_visibility="collapsed",
            on_change=_changed,
        )
        with st.popover(_label(), icon=":material/filter_list:", key="filters", wrap=False):
            _filters()
    return _since(session.history.wanted)


@block("history.filters")
def _filters() -> None:
    wanted, owner, store = (
        current_session().history.wanted,
        current_session().owner,
        services.app().store(),
    )
    put("filter_marks", [m for m in _MARKS if getattr(wanted, m)])
    st.pills(
        text("ui.filter.marks"),
        _MARKS,
        key="filter_marks",
        selection_mode="multi",
        format_func=lambda mark: text(f"ui.filter.{mark}"),
        label_visibility="collapsed",
        on_change=_changed,
    )
    put("filter_days", current_session().history.days)
    st.segmented_control(
        text("ui.filter.days"),
        _DAYS,
        key="filter_days",
        format_func=lambda n: text("ui.filter.last_days", n=n) if n else text("ui.filter.any_time"),
        required=True,
        on_change=_changed,
    )
    models = store.history.models_used(owner)
    put("filter_models", [m for m in wanted.models if m in models])
    st.multiselect(
        text("ui.filter.models"),
        models,
        key="filter_models",
        format_func=options.distinct({m: m for m in models}, most=120).__getitem__,
        placeholder=text("ui.filter.any"),
        on_change=_changed,
    )
    tags = list(store.history.tags(owner))
    put("filter_tag", wanted.tag if wanted.tag in tags else None)
    st.selectbox(
        text("ui.filter.tag"),
        tags,
        key="filter_tag",
        format_func=options.distinct({tag: tag for tag in tags}).__getitem__,
        index=None,
        placeholder=text("ui.filter.any"),
        on_change=_changed,
    )
    put("filter_cost", float(wanted.min_cost) if wanted.min_cost is not None else None)
    st.number_input(
        text("ui.filter.min_cost"),
        key="filter_cost",
        min_value=0.0,
        step=0.01,
        format="%.4f",
        placeholder=text("ui.filter.any"),
        on_change=_changed,
    )
    st.button(text("ui.filter.clear"), key="filter_clear", type="tertiary", on_click=_clear)


def _changed() -> None:
    marks = value("filter_marks") or []
    cost = value("filter_cost")
    session = current_session()
    session.history.days = int(str(value("filter_days") or 0))
    session.history.wanted = HistoryFilter(
        text=str(value("history_search") or ""),
        models=tuple(value("filter_models") or ()),  # type: ignore[arg-type]
        starred=True if "starred" in marks else None,  # type: ignore[operator]
        with_images=True if "with_images" in marks else None,  # type: ignore[operator]
        tag=str(value("filter_tag")) if value("filter_tag") else None,
        min_cost=Decimal(str(cost)) if cost else None,
    )


def _clear() -> None:
    session = current_session()
    session.history.wanted, session.history.days = HistoryFilter(), 0


def _since(wanted: HistoryFilter) -> HistoryFilter:
    days = current_session().history.days
    return replace(wanted, since=datetime.now(UTC) - timedelta(days=days)) if days else wanted


def _label() -> str:
    """With how many are set."""
    wanted = current_session().history.wanted
    chosen = [wanted.models, wanted.starred, wanted.with_images, wanted.tag, wanted.min_cost]
    count = sum(1 for each in [*chosen, current_session().history.days] if each)
    return text("ui.filter.title") + (f" ({count})" if count else "")
