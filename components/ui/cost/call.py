"""What a call has beside its images: texts, turns, cache, batch; and the currency."""

from decimal import Decimal

import streamlit as st

from components.pricing.whatif import currencies
from components.pricing.whatif.types import DAYS, RATE, RENDERS
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import change, current_calculator, number, start, words
from components.ui.streamlit_seam.session import value


@block("cost.call")
def show() -> None:
    """What the sentence doesn't say of a call: its texts, its turns, the cache, the currency."""
    with st.expander(text("cost.page.more"), key="cost_more"):
        words("prompt")
        words("system")
        left, right = st.columns(2)
        with left:
            number("turns", *RENDERS)
        with right:
            number("days", *DAYS)
        st.slider(
            text("cost.page.cached"),
            0,
            100,
            **start("cost_cached", round(100 * current_calculator().asked.cached)),
            key="cost_cached",
            format="%d %%",
            help=text("cost.help.cached"),
            on_change=_cached,
        )
        st.toggle(
            text("cost.page.batch"),
            **start("cost_batch", current_calculator().asked.batch),
            key="cost_batch",
            help=text("cost.help.batch"),
            on_change=lambda: change(batch=bool(value("cost_batch"))),
        )
        _currency()


def _currency() -> None:
    asked = current_calculator().asked
    left, right = st.columns(2)
    with left:
        known = [c for c in currencies() if c != asked.currency]
        st.selectbox(
            text("cost.page.currency"),
            [asked.currency, *known],
            **start("cost_currency", asked.currency, "index", [asked.currency]),
            key="cost_currency",
            on_change=_currency_chosen,
        )
    with right:
        st.number_input(
            text("cost.page.rate", currency=asked.currency),
            **start("cost_rate", float(asked.rate)),
            min_value=float(RATE[0]),
            max_value=float(RATE[1]),
            key="cost_rate",
            format="%g",
            disabled=asked.currency == "USD",
            help=text("cost.help.rate"),
            on_change=_rate_given,
        )


def _cached() -> None:
    change(cached=min(max(int(str(value("cost_cached") or 0)), 0), 100) / 100)


def _currency_chosen() -> None:
    chosen = str(value("cost_currency"))
    change(currency=chosen, **({"rate": Decimal(1)} if chosen == "USD" else {}))


def _rate_given() -> None:
    # 7.0 is 7: the rate stands in the link.
    given = Decimal(str(value("cost_rate") or 1))
    least, most = RATE
    change(rate=min(max(given, least), most).normalize() if given.is_finite() else Decimal(1))
