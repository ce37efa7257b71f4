"""Texts of the scenario: about at once, exact as soon as they are counted."""

from concurrent.futures import wait
from dataclasses import replace
from functools import cache

import streamlit as st

from components.models import find_model
from components.pricing.whatif import vision_models
from components.tokens import Count, count_soon
from components.ui.cost.fields import current_calculator
from components.ui.streamlit_seam.session import breathe

_GLANCE = 0.1  # seconds between two points at which the wait may be ended


def begin() -> None:
    """Before anything is drawn: see Calculator.sized and Calculator.pending."""
    calculator = current_calculator()
    asked = calculator.asked
    calculator.pending = ()
    if calculator.settled is asked:
        calculator.about = None
        return
    texts = {text for text in (asked.prompt, asked.system) if isinstance(text, str)}
    counts = {text: count_soon(text, asked.model) for text in texts}
    others = [count_soon(text, model) for text in texts for model in _one_of_each_tokenizer()]
    pending = (count.pending for count in (*counts.values(), *others))
    calculator.pending = tuple(each for each in pending if each)
    if not calculator.pending:
        calculator.about = None
    elif calculator.about is None or calculator.about[0] is not asked:
        prompt, system = (_about(text, counts) for text in (asked.prompt, asked.system))
        calculator.about = asked, replace(asked, prompt=prompt, system=system)


def follow() -> None:
    """Once all is drawn: draw it again with the exact counts. Whatever somebody does meanwhile
    ends the wait."""
    calculator = current_calculator()
    asked, pending = calculator.asked, calculator.pending
    if not pending:
        return
    while not all(each.done() for each in pending):
        wait(pending, _GLANCE)
        breathe()
    calculator.settled = asked
    st.rerun()


def _about(text: str | int, counts: dict[str, Count]) -> int:
    return counts[text].tokens if isinstance(text, str) else text


@cache
def _one_of_each_tokenizer() -> tuple[str, ...]:
    return tuple({find_model(name).encoding: name for name in vision_models()}.values())
