"""How messages stand on a page: own words as bubbles at the right, answers across the column."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from components.text import escape_markdown

SIDE = 96  # px of a thumbnail in a question


@contextmanager
def own(key: str, *, newest: bool = False) -> Iterator[None]:
    """The place of a question. key: once on a page; newest: its actions are always seen."""
    with (
        st.chat_message("user", avatar=":material/person:"),
        st.container(
            key=_key("question", key, newest), gap="xxsmall", horizontal_alignment="right"
        ),
    ):
        yield


@contextmanager
def answer(key: str, *, newest: bool = False) -> Iterator[None]:
    """The place of an answer."""
    with (
        st.chat_message("assistant", avatar=":material/auto_awesome:"),
        st.container(key=_key("answer", key, newest), gap="xsmall"),
    ):
        yield


@contextmanager
def pictures(key: str) -> Iterator[None]:
    """A row of thumbnails above the words."""
    with st.container(
        horizontal=True, gap="xsmall", horizontal_alignment="right", key=f"question_images-{key}"
    ):
        yield


@contextmanager
def thumbnail(key: str) -> Iterator[None]:
    with st.container(width=SIDE, gap=None, key=f"question_image-{key}"):
        yield


@contextmanager
def actions(key: str) -> Iterator[None]:
    """A row of icons: the labels of its buttons are for screen readers, and shown as tooltips."""
    with st.container(
        horizontal=True, gap="xxsmall", vertical_alignment="center", key=f"actions-{key}"
    ):
        yield


def words(said: str, key: str) -> None:
    """What a person wrote, letter by letter."""
    with st.container(key=f"bubble-{key}", width="content"):
        st.markdown("  \n".join(escape_markdown(line) for line in said.split("\n")))


def _key(kind: str, key: str, newest: bool) -> str:
    return f"newest_{kind}-{key}" if newest else f"{kind}-{key}"
