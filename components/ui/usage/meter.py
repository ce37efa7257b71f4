"""How full the limits are: a few words where some are set, a sentence when one is nearly full."""

from contextlib import suppress

import streamlit as st

from components import services
from components.errors import StoreError
from components.spending.gauges import Gauge, gauges
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat.model_picker import Choice
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import when
from components.ui.widgets.money import money

_OF_OWN_ENDPOINTS = "requests_minute"


@block("chat.meter")
def show(choice: Choice) -> None:
    """Draw it for the model that is chosen: only limits that its requests count against. Where
    they can't be looked at there is none: whoever asks is told why."""
    with suppress(StoreError):
        _show(choice)


def _show(choice: Choice) -> None:
    budget = services.app().budget()
    if not budget.rules or choice.endpoint.kind == "builtin":
        return
    used = budget.used(current_session().owner)
    found = [
        gauge
        for gauge in gauges(budget.rules, used)
        if not choice.endpoint.own or gauge.what == _OF_OWN_ENDPOINTS
    ]
    if not found:
        return
    with st.container(key="budget_meter", gap=None):
        parts = [_notice(gauge) if gauge.nearly else said(gauge) for gauge in found]
        st.caption(f":material/speed: {' · '.join(parts)}")
        money_counts = any(gauge.what.startswith("usd") for gauge in found)
        unpriced = (
            services.app().store().usage.unpriced(current_session().owner) if money_counts else 0
        )
        if unpriced:
            st.caption(counted("ui.spending.unpriced", unpriced))


def said(gauge: Gauge) -> str:
    """The limit and how much of it is used, in words."""
    write = money if gauge.what.startswith("usd") else str
    scope = "all_" if gauge.scope == "everybody" else ""
    return text(
        f"ui.spending.{scope}{gauge.what}", used=write(gauge.used), limit=write(gauge.limit)
    )


def _notice(gauge: Gauge) -> str:
    free = when.minute(gauge.frees_at)
    key = "ui.spending.full" if gauge.full else "ui.spending.nearly"
    if gauge.what == "requests_minute":
        key += "_minute"
    notice = text(key, what=said(gauge), when=free)
    return f":{'red' if gauge.full else 'orange'}[{notice}]"
