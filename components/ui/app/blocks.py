"""Blocks of a page: what goes wrong in one stays in it, and the rest of the page goes on."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

import streamlit as st

from components import services
from components.access.errors import AccessError
from components.errors import AppError, StoreError
from components.ui.app import errors, store_unavailable
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session

_P = ParamSpec("_P")
_R = TypeVar("_R")
_LOG = logging.getLogger(__name__)


@dataclass(eq=False)
class Block(Generic[_P, _R]):
    """A part of a page. draw: what draws it. otherwise: gives what `draw` would have given, where
    it fails. main: the page is nothing without it."""

    name: str
    draw: Callable[_P, _R]
    otherwise: Callable[[], _R]
    main: bool = False

    def __call__(self, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Draw it, or say what went wrong. Raises AccessError, which is about more than a block;
        what ends or restarts a run is no Exception and passes as well."""
        try:
            return self.draw(*args, **kwargs)
        except AccessError:
            raise
        except Exception as error:
            failed(error, main=self.main)
        return self.otherwise()


class _Decorator(Protocol):
    def __call__(self, draw: Callable[_P, _R], /) -> Block[_P, _R]: ...


BLOCKS: dict[str, Block[..., Any]] = {}  # of the whole app, by name


def block(
    name: str, otherwise: Callable[[], Any] | None = None, *, main: bool = False
) -> _Decorator:
    """Decorator: makes a drawing function a block. name: "page.part". otherwise: has to be given
    for one that returns something."""

    def made(draw: Callable[_P, _R]) -> Block[_P, _R]:
        if name in BLOCKS:
            raise ValueError(f"two blocks are called {name}")
        BLOCKS[name] = found = Block(name, draw, otherwise or _nothing, main)
        return found

    return made


def _nothing() -> Any:
    return None


def failed(error: Exception, *, main: bool = False) -> None:
    """In the place of a block: what went wrong, its number, and another try. Without the database
    many fail for one reason, so all but the main one say it in a line."""
    known = errors.unexpected(error)
    number = str(known.data.get("number", "")) or secrets.token_hex(3)
    if known is error:
        _LOG.warning("error %s: %s", number, error)
    with st.container(gap="xsmall"):
        _say(error, known, number, main=main)
    if main and isinstance(error, StoreError):
        _look_again(error)


def _say(error: Exception, known: AppError, number: str, *, main: bool) -> None:
    if not isinstance(error, StoreError):
        errors.show(known)
    elif main:
        store_unavailable.show(error)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch"):
        if isinstance(error, StoreError) and not main:
            what, _ = errors.sentence(error.code, error.data)
            said = f"{what} {text('ui.store.part')} {text('ui.block.number', number=number)}"
            st.caption(f":material/cloud_off: {said}", width="content")
        elif known is error:
            st.caption(text("ui.block.number", number=number), width="content")
        # Its key is new on every run: that a button is clicked is enough to draw the page again.
        key = f"block_again-{secrets.token_hex(4)}"
        st.button(text("ui.block.again"), key=key, icon=":material/refresh:", type="tertiary")


def _look_again(error: StoreError) -> None:
    """By itself, while the database is away; what fails although it is there would do so again."""
    if error.code not in store_unavailable.PASSING or current_session().last is not None:
        return
    if asyncio.run(services.app().readiness().why()) is not None:
        current_session().last = store_unavailable.until_back
