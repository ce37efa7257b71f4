"""The scenario as one sentence, whose figures and names are its fields."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import streamlit as st

from components.models import find_model
from components.pricing.whatif import Row, vision_models
from components.pricing.whatif.types import ANSWER, CALLS, MAX_COUNT
from components.text import one_line
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cost import rows
from components.ui.cost.fields import (
    change,
    current_calculator,
    figure,
    start,
    use_model,
)
from components.ui.streamlit_seam.session import value

MAX_MODEL = 128  # characters, as in a link
_WIDEST = 420  # px of a field
_AFTER = re.compile(r"[,，、。.]")  # never begins a line


@block("cost.sentence")
def show() -> None:
    """Words and fields beside each other, in the order of the language."""
    asked = current_calculator().asked
    fields: dict[str, Callable[[], None]] = {
        "count": _count,
        "sizes": _sizes,
        "detail": _detail,
        "model": _model,
        "answer": lambda: figure("answer", *ANSWER, width=_room(f"{asked.answer:,}")),
        "calls": lambda: figure("calls", *CALLS, width=_room(f"{asked.calls:,}")),
    }
    with st.container(horizontal=True, vertical_alignment="center", gap=None, key="cost_sentence"):
        for field, words in _parts(list(fields)):
            if field and _AFTER.match(words):
                with st.container(
                    horizontal=True,
                    vertical_alignment="center",
                    gap=None,
                    width="content",
                    key=f"cost_said-{field}",
                ):
                    fields[field]()
                    _say(words[0])
                _say(words[1:])
            else:
                if field:
                    fields[field]()
                _say(words)


def _parts(fields: list[str]) -> Iterator[tuple[str, str]]:
    """Each field with the words after it; "" for what the sentence begins with."""
    marks = {name: f"\0{name}\0" for name in fields}
    said = text("cost.sentence.all", images=_images(marks), times=_times(), **marks)
    pieces = said.split("\0")
    yield "", pieces[0]
    yield from zip(pieces[1::2], pieces[2::2], strict=True)


def _images(marks: dict[str, str]) -> str:
    calculator = current_calculator()
    asked = calculator.asked
    images = sum(row.count for row in asked.rows)
    if len(asked.rows) == 1:
        return counted("cost.sentence.of_one_size", images, **marks)
    if calculator.adding:
        return text("cost.sentence.and_more", n=images, rows=len(asked.rows), **marks)
    return counted("cost.sentence.of_sizes", images, **marks)


def _times() -> str:
    asked = current_calculator().asked
    if asked.turns == 1:
        return counted("cost.sentence.calls", asked.calls)
    return counted("cost.sentence.conversations", asked.calls, turns=asked.turns)


def _say(words: str) -> None:
    if words := words.strip():
        st.markdown(words, width="content")


def _room(shown: object, other: int = 26) -> int:
    """px that a field needs for what it shows; other: beside the letters."""
    letters = sum(2 if ord(letter) > 0x2E80 else 1 for letter in str(shown))
    return min(_WIDEST, max(2, letters) * 10 + other)


def _count() -> None:
    (row,) = current_calculator().asked.rows
    st.number_input(
        text("cost.page.count"),
        1,
        MAX_COUNT,
        **start("cost_count", row.count),
        key="cost_count",
        width=_room(row.count),
        label_visibility="collapsed",
        on_change=_counted,
    )


def _sizes() -> None:
    """It grows with what is typed, and wraps into a line of its own."""
    calculator = current_calculator()
    st.text_input(
        text("cost.page.more_sizes" if calculator.adding else "cost.page.sizes"),
        **start("cost_sizes", calculator.typed),
        key="cost_sizes",
        placeholder=text("cost.page.sizes_example"),
        live=not calculator.adding,  # half a size would be added
        width=_room(calculator.typed or text("cost.page.sizes_example")),
        label_visibility="collapsed",
        on_change=rows.typed,
    )


def _detail() -> None:
    asked = current_calculator().asked
    info = find_model(asked.model)
    levels = list(info.details)
    if asked.detail not in levels:
        levels.append(asked.detail)

    def said(level: str) -> str:
        if level == "auto":
            return text("cost.sentence.auto", detail=text(f"ui.detail.{info.auto_is}"))
        return text(f"ui.detail.{level}")

    st.selectbox(
        text("cost.page.detail"),
        levels,
        **start("cost_detail", asked.detail, "index", levels),
        key="cost_detail",
        format_func=said,
        width=_room(said(asked.detail), 46),
        label_visibility="collapsed",
        on_change=_detail_chosen,
    )


def _model() -> None:
    """From the catalogue, or typed."""
    asked = current_calculator().asked
    known = vision_models()
    offered = known if asked.model in known else [asked.model, *known]
    st.selectbox(
        text("cost.page.model"),
        offered,
        **start("cost_model", asked.model, "index", offered),
        key="cost_model",
        accept_new_options=True,
        width=_room(asked.model, 46),
        label_visibility="collapsed",
        on_change=_model_chosen,
    )


def _counted() -> None:
    given, calculator = value("cost_count"), current_calculator()
    if isinstance(given, int | float) and len(calculator.asked.rows) == 1:
        row: Row = calculator.asked.rows[0]
        change(rows=(replace(row, count=int(min(max(given, 1), MAX_COUNT))),))
        calculator.example = False
        calculator.report([], 0)
        calculator.redraw()


def _detail_chosen() -> None:
    if chosen := value("cost_detail"):
        change(detail=chosen)


def _model_chosen() -> None:
    chosen = str(value("cost_model") or "").strip()
    if chosen:
        use_model(one_line(chosen)[:MAX_MODEL])
