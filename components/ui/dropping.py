"""A bar that takes files which are dropped, pasted or picked anywhere on its page.

assets/tray.* hands them to Streamlit's own uploader, which isn't seen: it speaks English only.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components.images.limits import MAX_ORIGINAL_BYTES
from components.ui.language import text
from components.ui.pages import ASSETS
from components.ui.state import value, visit

_bar = st.components.v2.component(
    "tuwen_tray",
    html=(ASSETS / "tray.html").read_text("utf-8"),
    css=(ASSETS / "tray.css").read_text("utf-8"),
    js=(ASSETS / "tray.js").read_text("utf-8"),
    isolate_styles=False,
)

Files = list[tuple[str, bytes]]  # names and contents


def bar(target: str, texts: str, round_: int, take: Callable[[Files], None]) -> None:
    """Draw it. target: key of the container around it; texts: key of its texts' section.

    round_: number of the uploader. `take` gets what came, and has to see to it that the next run
    draws another one: the old one's files would stay in memory and come again.
    """
    if not visit().person.may_ask:
        return
    key = f"{target}_files_{round_}"
    st.file_uploader(
        text(f"{texts}.label"),
        accept_multiple_files=True,
        key=key,
        label_visibility="collapsed",
        on_change=_came,
        args=(key, take),
    )
    _bar(
        key=f"{target}_bar",
        data={
            "target": target,
            "label": text(f"{texts}.label"),
            "hint": text(f"{texts}.hint"),
            "drop": text(f"{texts}.drop"),
            "reading": text("ui.tray.reading"),
            "too_large": text("ui.tray.too_large"),
            "not_taken": text("ui.tray.not_taken"),
            "limit": MAX_ORIGINAL_BYTES,
            "round": round_,
        },
    )


def _came(key: str, take: Callable[[Files], None]) -> None:
    visit().person.must_ask()
    files: list[Any] = value(key) or []  # type: ignore[assignment]
    take([(file.name, file.getvalue()) for file in files])
