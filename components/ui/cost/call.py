"""What the images are asked: the model, the detail, the texts, and how often."""

from decimal import Decimal

import streamlit as st

from components.models import find_model
from components.pricing.whatif import currencies, vision_models
from components.pricing.whatif.types import ANSWER, CALLS, DAYS, RATE, RENDERS
from components.text import one_line
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import (
    change,
    choose,
    current_calculator,
    number,
    start,
    use_model,
    words,
)
from components.ui.streamlit_seam.session import value

MAX_MODEL = 128  # characters, as in a link


@block("cost.model")
def model() -> None:
    """The model, from the catalogue or typed, and the detail of all images."""
    asked = current_calculator().asked
    known = vision_models()
    offered = known if asked.model in known else [asked.model, *known]
    st.selectbox(
        text("cost.page.model"),
        offered,
        **start("cost_model", asked.model, "index", offered),
        key="cost_model",
        accept_new_options=True,
        on_change=_model_chosen,
    )
    info = find_model(asked.model)
    levels = list(info.details)
    if asked.detail not in levels:
        levels.append(asked.detail)
    choose(text("cost.page.detail"), "cost_detail", levels, "detail", "ui.detail")
    if asked.detail == "auto":
        st.caption(text("cost.page.auto_is", detail=text(f"ui.detail.{info.auto_is}")))


@block("cost.call")
def call() -> None:
    """The texts of a call, and how often it is made."""
    st.header(text("cost.page.the_call"), anchor=False)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="cost_call"):
        with st.container(width=320):
            words("prompt")
        with st.container(width=140):
            number("answer", *ANSWER, step=50)
        with st.container(width=140):
            number("turns", *RENDERS)
        with st.container(width=140):
            number("calls", *CALLS, step=100)
        with st.container(width=140):
            number("days", *DAYS)
    with st.expander(text("cost.page.more"), key="cost_more"):
        words("system")
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


def _model_chosen() -> None:
    chosen = str(value("cost_model") or "").strip()
    if not chosen:
        return
    use_model(one_line(chosen)[:MAX_MODEL])


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
