"""A bar that takes files which are dropped, pasted or picked anywhere on its page.

assets/tray.js gives them to a queue in the browser (assets/queue.js), and that to Streamlit's own
uploader, which isn't seen: it speaks English only. Each file has a name of its own, and stays in
the queue until it is told here that it has come.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

import streamlit as st

from components.images.limits import MAX_ORIGINAL_BYTES
from components.ui.app.language import text
from components.ui.app.navigation import ASSETS, script
from components.ui.streamlit_seam.session import Drops, current_session, value

_bar = st.components.v2.component(
    "tuwen_tray",
    html=(ASSETS / "tray.html").read_text("utf-8"),
    css=(ASSETS / "tray.css").read_text("utf-8"),
    js=script("queue.js", "transfer.js", "tray.js"),
    isolate_styles=False,
)
_NAMED = re.compile(r"tuwen\.([0-9a-z]{1,24})\.([0-9a-z]{1,24})\.(.*)", re.DOTALL)
_TEXTS = ("reading", "waiting", "too_large", "not_sent", "folder", "preparing")

Files = list[tuple[str, bytes]]  # names and contents
Take = Callable[[Files, bool], None]


def bar(target: str, texts: str, take: Take, *, bare: bool = False) -> None:
    """Draw it. target: key of the container around it; texts: key of its texts' section.

    take: gets what came, and whether it goes on with what came last: one drop after the other, of
    which the sentences stay together. bare: nothing is seen of it but what is on its way, as
    pictures.
    """
    if not current_session().person.may_ask:
        return
    drops = current_session().drops.setdefault(target, Drops())
    key = f"{target}_files_{drops.round}"
    st.file_uploader(
        text(f"{texts}.label"),
        accept_multiple_files=True,
        key=key,
        label_visibility="collapsed",
        on_change=_came,
        args=(target, key, take),
    )
    _bar(
        key=f"{target}_bar",
        data={
            "target": target,
            "label": text(f"{texts}.label"),
            "hint": "" if bare else text(f"{texts}.hint"),
            "bare": bare,
            "drop": text(f"{texts}.drop"),
            **{name: text(f"ui.tray.{name}") for name in _TEXTS},
            "limit": MAX_ORIGINAL_BYTES,
            "round": drops.round,
            "taken": tuple(drops.taken),  # a list would load pandas: is it a table?
            "session": current_session().id,
            "owner": owner_tag(),
        },
        on_again_change=lambda: _again(target),
    )


def owner_tag() -> str:
    """Tells the browser whose a file is, without saying who that is."""
    return hashlib.sha256(current_session().owner.encode()).hexdigest()[:16]


def _came(target: str, key: str, take: Take) -> None:
    """Take what came and wasn't there yet. The next run draws another uploader: this one's files
    would stay in memory and come again."""
    session = current_session()
    session.person.must_ask()
    uploaded: list[Any] = value(key) or []  # type: ignore[assignment]
    if not uploaded:
        return
    drops = session.drops.setdefault(target, Drops())
    drops.round += 1
    files: Files = []
    burst = ""
    for file in uploaded:
        named = _NAMED.fullmatch(file.name)
        if named is None:
            files.append((file.name, file.getvalue()))
        elif drops.take(named[2]):
            files.append((named[3], file.getvalue()))
            burst = named[1]
    if files:
        goes_on = bool(burst) and burst == drops.burst
        drops.burst = burst
        take(files, goes_on)


def _again(target: str) -> None:
    """What the uploader was given didn't arrive: another one."""
    current_session().drops.setdefault(target, Drops()).round += 1
