"""Fields of the calculator: each shows a part of the scenario and writes it back."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.models import find_model
from components.ui.cost.calculator import Calculator
from components.ui.language import text
from components.ui.state import put, value, visit


def calculator() -> Calculator:
    return visit().calculator


def settle(key: str, wanted: object) -> None:
    """Give a field its value before it is drawn, unless it has it: what is being typed stays."""
    if value(key) != wanted:
        put(key, wanted)


def number(name: str, least: int, most: int, *, step: int = 1) -> None:
    """A whole number of the scenario."""
    key = f"cost_{name}"
    settle(key, getattr(calculator().asked, name))
    st.number_input(
        text(f"cost.page.{name}"),
        least,
        most,
        step=step,
        key=key,
        help=text(f"cost.help.{name}"),
        on_change=_keep,
        args=(name, key),
    )


def words(name: str) -> None:
    """A text of the request (counted as it is typed), or its number of tokens."""
    here = calculator()
    now = getattr(here.asked, name)
    typed, counted = st.columns([3, 2], vertical_alignment="bottom")
    with typed:
        settle(f"cost_{name}", now if isinstance(now, str) else "")
        st.text_input(
            text(f"cost.page.{name}"),
            key=f"cost_{name}",
            placeholder=text("cost.page.typed_or_counted"),
            live=True,
            on_change=_keep_words,
            args=(name,),
        )
    with counted:
        settle(f"cost_{name}_tokens", _tokens(now))
        st.number_input(
            text(f"cost.page.{name}_tokens"),
            0,
            10_000_000,
            key=f"cost_{name}_tokens",
            disabled=isinstance(now, str),
            on_change=_keep,
            args=(name, f"cost_{name}_tokens"),
        )


def change(**changes: object) -> None:
    """Change the scenario."""
    here = calculator()
    here.scenario = replace(here.asked, **changes)  # type: ignore[arg-type]


def use_model(model: str) -> None:
    """Another model; a level that it doesn't know gives way to high, or its first one."""
    change(model=model)
    levels = find_model(model).details
    if calculator().asked.detail not in levels:
        change(detail="high" if "high" in levels else levels[0])


def sentences(said: Sequence[str]) -> str:
    """Sentences after each other: Chinese ones have their space in the full stop."""
    return ("" if visit().lang == "zh" else " ").join(said)


def choose(label: str, key: str, options: Sequence[str], name: str, labels: str) -> None:
    """One of a few words of the scenario; labels: text key that each option is added to."""
    settle(key, getattr(calculator().asked, name))
    st.segmented_control(
        label,
        options,
        key=key,
        format_func=lambda option: text(f"{labels}.{option}"),
        required=True,
        on_change=_keep,
        args=(name, key),
    )


def _tokens(now: str | int) -> int:
    from components.tokens import count_text_tokens

    return count_text_tokens(now, calculator().asked.model) if isinstance(now, str) else now


def _keep(name: str, key: str) -> None:
    given = value(key)
    if given is not None:
        change(**{name: given})


def _keep_words(name: str) -> None:
    typed = str(value(f"cost_{name}") or "")
    # An emptied field leaves the number of tokens that was counted last.
    change(**{name: typed or _tokens(getattr(calculator().asked, name))})
