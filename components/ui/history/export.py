"""Export of conversations in five formats, made when it is asked for, and import of our own."""

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import streamlit as st

from components import services
from components.chat.store import HistoryFilter, NewImage, Restored, StoredConversation
from components.export import bring_in as bring_in_file
from components.export import chat_jsonl, html_page, json_zip, markdown_zip, usage_csv
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session, value

_PAGE = 200  # conversations read at a time
_FORMATS = {
    "markdown": ("tuwen.zip", "application/zip"),
    "html": ("tuwen.html", "text/html"),
    "json": ("tuwen.json.zip", "application/zip"),
    "jsonl": ("tuwen.jsonl", "application/jsonl"),
    "csv": ("tuwen.csv", "text/csv"),
}
_EXPLAINED = ("json", "jsonl")


@block("history.export")
def export(ids: Sequence[str], wanted: HistoryFilter) -> None:
    """The formats, for the conversations named, or for all that the filter lets through."""
    session = current_session()
    typed, still_there = typed_keys(), session.still_there()
    with (
        st.container(key="export"),
        st.popover(text("ui.export.title"), type="tertiary", icon=":material/download:"),
    ):
        st.caption(text("ui.export.picked" if ids else "ui.export.all"))
        for name, (file_name, mime) in _FORMATS.items():
            st.download_button(
                text(f"ui.export.{name}"),
                checked(
                    still_there,
                    partial(_made, name, tuple(ids), session.owner, session.lang, wanted, typed),
                ),
                file_name=file_name,
                mime=mime,
                key=f"export-{name}",
                on_click="ignore",
                help=text(f"ui.export.{name}_about") if name in _EXPLAINED else None,
                width="stretch",
            )


def typed_keys() -> tuple[str, ...]:
    """Keys of the session's own endpoints. To be called before a download is clicked: that is
    outside of every session."""
    return tuple(own.endpoint.api_key for own in current_session().chat.own if own.endpoint.api_key)


def known_keys(typed: Sequence[str]) -> tuple[str, ...]:
    """With the server's, all keys that may not leave the app."""
    return (*typed, *(e.api_key for e in services.app().settings().endpoints if e.api_key))


@block("history.bring_in")
def bring_in() -> None:
    """Import of our own export."""
    if not current_session().person.may_ask:
        return
    with st.popover(text("ui.export.bring_in"), type="tertiary", icon=":material/upload:"):
        st.caption(text("ui.export.bring_in_about"))
        st.file_uploader(
            text("ui.export.bring_in"),
            type=["json", "zip"],
            key=f"import-{current_session().history.imports}",
            label_visibility="collapsed",
            on_change=_import,
            args=(f"import-{current_session().history.imports}",),
        )
        if current_session().history.imported:
            st.caption(f":material/check: {current_session().history.imported}")


def _made(
    name: str,
    ids: Sequence[str],
    owner: str,
    lang: str,
    wanted: HistoryFilter,
    typed: Sequence[str] = (),
) -> io.BytesIO:
    """The file, made after the click and outside the page's run. typed: keys to be masked in it,
    as the server's are."""
    store, keys = services.app().store(), known_keys(typed)
    talks = conversations(owner, ids, wanted)
    images = partial(store.conversations.image, owner)
    makers: dict[str, Callable[[], Iterator[bytes]]] = {
        "markdown": lambda: markdown_zip(talks, images, lang, keys),
        "html": lambda: html_page(talks, images, lang, keys),
        "json": lambda: json_zip(talks, images, keys),
        "jsonl": lambda: chat_jsonl(talks, images, keys, lang),
        "csv": lambda: usage_csv(talks, keys),
    }
    made = io.BytesIO()
    for piece in makers[name]():
        made.write(piece)
    made.seek(0)
    return made


def conversations(
    owner: str, ids: Sequence[str], wanted: HistoryFilter
) -> Iterator[StoredConversation]:
    """Those named, or all that the filter lets through."""
    store = services.app().store()
    for conversation_id in ids or _all(owner, wanted):
        found = store.conversations.conversation(owner, conversation_id)
        if found:
            yield found


def _all(owner: str, wanted: HistoryFilter) -> Iterator[str]:
    offset = 0
    while rows := services.app().store().history.page(owner, wanted, limit=_PAGE, offset=offset):
        yield from (row.id for row in rows)
        offset += _PAGE


def _restored(
    owner: str, conversation: StoredConversation, contents: Sequence[NewImage]
) -> Restored:
    """Raises QuotaError when its images don't fit on disk; what came before it stays."""
    services.app().budget().make_room(owner, [(c.hash, len(c.content)) for c in contents])
    return services.app().store().conversations.restore(owner, conversation, contents)


@shown
def _import(key: str) -> None:
    session = current_session()
    session.person.must_ask()
    file = value(key)
    session.history.imports += 1
    session.history.imported = ""
    if file is None:
        return
    content: bytes = file.getvalue()  # type: ignore[attr-defined]
    counts = bring_in_file(content, partial(_restored, session.owner))
    session.history.imported = text("ui.export.imported", **counts)
