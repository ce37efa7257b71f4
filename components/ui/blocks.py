"""Blocks of a page: what goes wrong in one stays in it, and the rest of the page goes on."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec

import streamlit as st

from components.access.errors import AccessError
from components.errors import LogError
from components.ui import errors
from components.ui.language import text

_P = ParamSpec("_P")


@dataclass(eq=False)
class Block(Generic[_P]):
    """A part of a page. draw: what draws it."""

    name: str
    draw: Callable[_P, None]

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Draw it, or say what went wrong. Raises LogError and AccessError, which are about more
        than a block; what ends or restarts a run is no Exception and passes as well."""
        try:
            self.draw(*args, **kwargs)
        except (LogError, AccessError):
            raise
        except Exception as error:
            failed(error)


BLOCKS: dict[str, Block[...]] = {}  # of the whole app, by name


def block(name: str) -> Callable[[Callable[_P, None]], Block[_P]]:
    """Decorator: makes a drawing function a block. name: "page.part"."""

    def made(draw: Callable[_P, None]) -> Block[_P]:
        if name in BLOCKS:
            raise ValueError(f"two blocks are called {name}")
        BLOCKS[name] = found = Block(name, draw)
        return found

    return made


def failed(error: Exception) -> None:
    """In the place of a block: what went wrong, its number, and another try."""
    errors.show(errors.unexpected(error))
    # Its key is new on every run: that a button is clicked is enough to draw the page again.
    key = f"block_again-{secrets.token_hex(4)}"
    st.button(text("ui.block.again"), key=key, icon=":material/refresh:", type="tertiary")
