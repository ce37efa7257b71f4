"""Fields of the calculator: each shows a part of the scenario and writes it back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from components.models import find_model
from components.pricing.whatif.types import TOKENS
from components.tokens import count_soon
from components.ui.app.language import text
from components.ui.cost.calculator import Calculator
from components.ui.streamlit_seam.session import current_session, put, value

_DIGITS = 20  # characters of a number in the sentence


def current_calculator() -> Calculator:
    return current_session().cost


def start(
    key: str, wanted: object, name: str = "value", options: Sequence[object] = ()
) -> dict[str, Any]:
    """Give a field its value, unless it has it: what is being typed stays.

    Returns what is to be handed to the field besides: `wanted` as its default under `name` (with
    options: its index). A field that is first seen by the browser when another one has been
    clicked already would answer with its own default, 0 or nothing, as if that had been typed.
    """
    if value(key) not in (None, wanted):
        put(key, wanted)  # a default beside it isn't allowed
        return {}
    return {name: options.index(wanted) if options else wanted}


def number(name: str, least: int, most: int) -> None:
    """A whole number of the scenario."""
    key = f"cost_{name}"
    st.number_input(
        text(f"cost.page.{name}"),
        least,
        most,
        **start(key, getattr(current_calculator().asked, name)),
        key=key,
        help=text(f"cost.help.{name}"),
        on_change=_keep_number,
        args=(name, key, least, most),
    )


def figure(name: str, least: int, most: int, *, width: int) -> None:
    """A whole number in the middle of a sentence, with separators, which a browser's field for
    numbers can't show. width: px. Its label is for screen readers alone."""
    key = f"cost_{name}"
    st.text_input(
        text(f"cost.page.{name}"),
        **start(key, f"{getattr(current_calculator().asked, name):,}"),
        max_chars=_DIGITS,
        key=key,
        width=width,
        label_visibility="collapsed",
        on_change=_keep_figure,
        args=(name, key, least, most),
    )


def words(name: str) -> None:
    """A text of the request (counted as it is typed), or its number of tokens."""
    calculator = current_calculator()
    now = getattr(calculator.asked, name)
    typed, counted = st.columns([3, 2], vertical_alignment="bottom")
    with typed:
        st.text_input(
            text(f"cost.page.{name}"),
            **start(f"cost_{name}", now if isinstance(now, str) else ""),
            key=f"cost_{name}",
            placeholder=text("cost.page.typed_or_counted"),
            live=True,
            on_change=_keep_words,
            args=(name,),
        )
    with counted:
        st.number_input(
            text(f"cost.page.{name}_tokens"),
            *TOKENS,
            **start(f"cost_{name}_tokens", _tokens(now)),
            key=f"cost_{name}_tokens",
            disabled=isinstance(now, str),
            on_change=_keep_number,
            args=(name, f"cost_{name}_tokens", *TOKENS),
        )


def change(**changes: object) -> None:
    """Change the scenario."""
    calculator = current_calculator()
    calculator.scenario = replace(calculator.asked, **changes)  # type: ignore[arg-type]


def use_model(model: str) -> None:
    """Another model; a level that it doesn't know gives way to high, or its first one."""
    change(model=model)
    levels = find_model(model).details
    if current_calculator().asked.detail not in levels:
        change(detail="high" if "high" in levels else levels[0])


def sentences(said: Sequence[str]) -> str:
    """Sentences after each other: Chinese ones have their space in the full stop."""
    return ("" if current_session().lang == "zh" else " ").join(said)


def _tokens(now: str | int) -> int:
    """About so many, while a long text is being counted."""
    return count_soon(now, current_calculator().asked.model).tokens if isinstance(now, str) else now


def _keep_number(name: str, key: str, least: int, most: int) -> None:
    """Within its limits, whatever came: an address takes no other number."""
    given = value(key)
    if isinstance(given, int | float):
        change(**{name: int(min(max(given, least), most))})


def _keep_figure(name: str, key: str, least: int, most: int) -> None:
    """With separators or without; what is no number gives way to the last one."""
    given = re.sub(r"[\s,，]", "", str(value(key) or ""))
    if given.isdecimal():
        change(**{name: min(max(int(given), least), most)})


def _keep_words(name: str) -> None:
    typed = str(value(f"cost_{name}") or "")
    # An emptied field leaves the number of tokens that was counted last.
    change(**{name: typed or _tokens(getattr(current_calculator().asked, name))})
