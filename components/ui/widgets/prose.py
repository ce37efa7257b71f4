"""A model's answer on the page: the blocks that components/markdown makes of it."""

import re
from collections.abc import Iterable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.markdown import Block, GrowingAnswer, answer_blocks
from components.ui.app.language import text

_FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def show(answer: str) -> None:
    """A whole answer, as one element."""
    show_blocks(answer_blocks(answer, copy=copy_words()))


def show_blocks(blocks: Iterable[Block]) -> None:
    """Some of an answer's, as one element; nothing for none."""
    if html := "".join(block.html for block in blocks):
        st.html(as_element(html))


def copy_words() -> tuple[str, str]:
    """Of a button beside code: before and after it was pressed."""
    return text("ui.code.copy"), text("ui.code.copied")


class GrowingProse:
    """The places of an answer that grows: only what is new is sent, and what somebody has marked
    stays marked. What there is at first is one element, or a long answer had too many."""

    def __init__(self, place: DeltaGenerator) -> None:
        """place: empty, and all its own."""
        self._box = place.container(gap=None)
        self._answer = GrowingAnswer(copy_words())
        self._places: list[DeltaGenerator] = []
        self._drawn: list[str] = []
        self._first = 0  # blocks in the first place

    def write(self, so_far: str) -> None:
        """Draw what is new."""
        html = [block.html for block in self._answer.blocks(so_far)]
        if not self._places:
            self._first = max(1, len(html) - 1)
        pieces = ["".join(html[: self._first]), *html[self._first :]]
        for number, piece in enumerate(pieces):
            if number == len(self._places):
                self._places.append(self._box.empty())
                self._drawn.append("")
            if piece != self._drawn[number]:
                self._drawn[number] = piece
                self._places[number].html(as_element(piece))
        for number in range(len(pieces), len(self._places)):
            if self._drawn[number]:
                self._drawn[number] = ""
                self._places[number].empty()


def as_element(html: str) -> str:
    """st.html lets no MathML through: formulas go as text, and assets/answers.js draws them."""
    return f'<div class="answer">{_FORMULA.sub(_as_text, html)}</div>'


def _as_text(formula: re.Match[str]) -> str:
    return f'<span data-mathml="{escape(formula[0])}">{_TAG.sub("", formula[0])}</span>'
