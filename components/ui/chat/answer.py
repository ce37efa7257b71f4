"""The text of an answer: prose, code, JSON that folds, HTML that can be looked at safely."""

import streamlit as st

from components.chat.store import StoredMessage
from components.markdown import IFRAME_SANDBOX, Block, answer_blocks, check_json, sandboxed
from components.ui.app.language import text
from components.ui.app.navigation import ASSETS
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import prose, reasoning

_frame = st.components.v2.component(
    "tuwen_preview",
    css=(ASSETS / "preview.css").read_text("utf-8"),
    js=(ASSETS / "preview.js").read_text("utf-8"),
)


def show(message: StoredMessage) -> None:
    """Draw an ended answer, what was thought before it folded. One element for all prose and code
    between JSON and HTML parts."""
    if message.attempt:
        reasoning.folded(message.attempt.result.reasoning, message.id)
    plain: list[Block] = []
    for number, part in enumerate(answer_blocks(message.text, copy=prose.copy_words())):
        if part.kind not in {"json", "document"}:
            plain.append(part)
            continue
        prose.show_blocks(plain)
        plain.clear()
        if part.kind == "json":
            st.json(part.value, expanded=2)
        else:
            _html(part, f"{message.id}-{number}")
    prose.show_blocks(plain)
    _check(message)


def _html(part: Block, key: str) -> None:
    labels = [text("ui.html.code"), text("ui.html.view")]
    code, view = st.tabs(labels, key=f"html-{key}", on_change="rerun")
    code.code(part.text, language="html", wrap_lines=True)
    with view:
        st.caption(f":material/warning: {text('ui.html.unsafe')}")
        if view.open:  # nothing of the page is put together before somebody wants to see it
            _view(part, key)
        st.download_button(
            text("ui.html.download"),
            checked(current_session().still_there(), lambda: part.text),
            file_name="page.html",
            mime="text/html",
            key=f"download-{key}",
            icon=":material/download:",
            on_click="ignore",
        )


def _view(part: Block, key: str) -> None:
    with st.container(key=f"preview-{key}"):
        _frame(
            key=f"frame-{key}",
            data={
                "html": sandboxed(part.text),
                "sandbox": IFRAME_SANDBOX,
                "title": text("ui.html.view"),
            },
        )


def _check(message: StoredMessage) -> None:
    """Where JSON was asked for: whether the answer is JSON, and if not, where it goes wrong."""
    attempt = message.attempt
    if attempt is None or attempt.parameters.get("answer") != "json" or not attempt.host:
        return
    checked = check_json(message.text)
    if checked.ok:
        st.caption(f":material/check: {text('ui.json.valid')}")
    elif checked.line:
        place = {"line": checked.line, "column": checked.column}
        st.caption(f":material/error: {text('ui.json.invalid_at', **place)}")
    else:
        st.caption(f":material/error: {text('ui.json.invalid')}")
