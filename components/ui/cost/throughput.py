"""What an account's limits a minute allow."""

import streamlit as st

from components.pricing.whatif import Figures, rates
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator, start
from components.ui.streamlit_seam.session import value

_LIMITS = (1, 10**9)  # a minute


@block("cost.pace")
def show(figures: Figures) -> None:
    calculator = current_calculator()
    left, right = st.columns([2, 3], gap="large")
    with left:
        _limit("tokens_per_minute")
        _limit("requests_per_minute")
        st.caption(text("cost.page.pace_source"))
    pace = rates(figures, calculator.tokens_per_minute, calculator.requests_per_minute)
    with right, st.container(key="cost_pace"):
        if pace is None:
            st.caption(text("cost.page.pace_unknown"))
            return
        if not pace.fits:
            limit = calculator.tokens_per_minute
            st.error(text("cost.page.pace_too_large", limit=limit), icon=":material/block:")
            return
        with st.container(horizontal=True, gap="small"):
            st.metric(text("cost.page.images_minute"), _rate(float(pace.images)), border=True)
            st.metric(text("cost.page.requests_minute"), _rate(float(pace.requests)), border=True)
        needs = float(pace.tokens_per_request)
        st.markdown(text(f"cost.binds.{pace.binds}", needs=needs, seconds=float(pace.every)))
        asked = calculator.asked
        total = asked.calls * asked.turns
        if total:
            hours = total / float(pace.requests) / 60
            st.markdown(text("cost.page.day_takes", n=total, hours=hours))


def _rate(n: float) -> str:
    return f"{n:,.0f}" if n >= 10 else f"{n:,.2f}"


def _limit(name: str) -> None:
    key = f"cost_{name}"
    st.number_input(
        text(f"cost.page.{name}"),
        *_LIMITS,
        **start(key, getattr(current_calculator(), name)),
        key=key,
        on_change=_keep,
        args=(name, key),
    )


def _keep(name: str, key: str) -> None:
    given = value(key)
    if isinstance(given, int | float):
        setattr(current_calculator(), name, int(min(max(given, _LIMITS[0]), _LIMITS[1])))
