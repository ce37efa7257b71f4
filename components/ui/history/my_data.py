"""On the history page: what goes when, room on disk, and all of one's own, out or away."""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from components import services
from components.cases.formats import write
from components.cases.keeping import whole_set
from components.cases.packing import packed
from components.chat.store import HistoryFilter
from components.compare.export import comparison_zip
from components.compare.export.formatting import without_keys
from components.export import json_zip
from components.export.zips import zip_stream
from components.spending.usage_csv import usage_csv
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases.run_state import RunState
from components.ui.cases.state import CasesState
from components.ui.chat.callbacks import shown
from components.ui.history import export
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session, put, value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_MB = 1_000_000
_PAGE = 100  # comparisons read at a time
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@block("history.notes")
def notes() -> None:
    """How long conversations stay; how much room is left where it is limited."""
    parts = []
    if (days := services.app().settings().retention_days) is not None:
        parts.append(counted("ui.mine.retention", days))
    quota = services.app().budget().quota
    if quota is not None:
        parts.append(text("ui.mine.quota", used=_stored() / _MB, limit=quota / _MB))
    if parts:
        st.caption(" · ".join(parts))


def _stored() -> int:
    """Bytes that the images take."""
    used, _ = services.app().store().usage.stored(current_session().owner)
    return used


@block("history.mine")
def popover() -> None:
    """Everything out in one file, and everything away after a word was typed."""
    session = current_session()
    with st.popover(
        text("ui.mine.title"), type="tertiary", icon=":material/folder_managed:", key="all_mine"
    ):
        if used := _stored():
            st.caption(text("ui.mine.stored", used=used / _MB))
        st.caption(text("ui.mine.export_about"))
        st.download_button(
            text("ui.mine.export"),
            checked(
                session.still_there(),
                partial(everything, session.owner, session.lang, export.typed_keys()),
            ),
            file_name="tuwen-all.zip",
            mime="application/zip",
            key="export_all",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
        if _may_delete():
            _away()


def _away() -> None:
    st.caption(text("ui.mine.delete_about"))
    st.text_input(
        text("ui.mine.type", word=text("ui.mine.word")), key="delete_all_word", autocomplete="off"
    )
    st.button(
        text("ui.mine.delete"),
        key="delete_all",
        icon=":material/delete_forever:",
        disabled=not _confirmed(),
        on_click=_delete,
        width="stretch",
    )


def _may_delete() -> bool:
    """Where a password is shared, all of one's own is all of everybody's."""
    return current_session().person.may_ask and services.app().access().mode != "password"


def everything(owner: str, lang: str, typed: tuple[str, ...]) -> io.BytesIO:
    """A zip of all that is kept of a person: conversations as an export that can be brought back
    in, comparisons, sets of cases and their runs, labels, images of drafts, scenarios, votes, links
    without their addresses, what requests cost.

    typed: keys to be masked in it.
    """
    made = io.BytesIO()
    for piece in zip_stream(_entries(owner, lang, export.known_keys(typed))):
        made.write(piece)
    made.seek(0)
    return made


def _entries(owner: str, lang: str, keys: tuple[str, ...]) -> Iterator[tuple[str, Iterable[bytes]]]:
    store = services.app().store()
    images = partial(store.conversations.image, owner)
    talks = export.conversations(owner, (), HistoryFilter())
    yield "conversations.json.zip", json_zip(talks, images, keys)
    offset = 0
    while rows := store.comparisons.page(owner, limit=_PAGE, offset=offset):
        for row in rows:
            if whole := store.comparisons.comparison(owner, row.id):
                yield f"comparisons/{row.id}.zip", comparison_zip(whole, images, lang, keys)
        offset += _PAGE
    for found in store.cases.sets(owner):
        if stored := store.cases.whole(owner, found.id):
            made = write(whole_set(stored, images), "tuwen")
            yield f"cases/{found.id}.zip", [packed(made, keys)[1]]
    offset = 0
    while summaries := store.case_runs.run_page(owner, limit=_PAGE, offset=offset):
        for each in summaries:
            if run := store.case_runs.case_run(owner, each.run.id):
                yield f"runs/{each.run.id}.json", [_json([without_keys(run, keys)])]
        offset += _PAGE
    yield "labels.json", [_json(store.labels.history(owner))]
    drafts = store.conversations.all_drafts(owner)
    yield "drafts.json", [_json(drafts)]
    for digest in sorted({image.hash for image in drafts if image.hash}):
        if kept := images(digest):
            yield f"drafts/{digest}.{kept.media_type.rpartition('/')[2]}", [kept.content]
    yield "scenarios.json", [_json(store.scenarios.all(owner))]
    yield "votes.json", [_json(store.votes.all(owner))]
    yield "links.json", [_json(store.shares.all(owner))]
    yield "usage.csv", [usage_csv(store.usage.rows(owner, _EVER))]


def _json(kept: Iterable["DataclassInstance"]) -> bytes:
    return json.dumps([asdict(each) for each in kept], ensure_ascii=False, default=str).encode()


def _confirmed() -> bool:
    typed = str(value("delete_all_word") or "").strip().lower()
    return typed == text("ui.mine.word").lower()


@shown
def _delete() -> None:
    """End what is running, then remove it all."""
    session, store = current_session(), services.app().store()
    if not (_confirmed() and _may_delete()):
        return
    put("delete_all_word", "")
    services.app().answers().stop_all(session.owner)
    services.app().runs().stop_all(session.owner)
    services.app().case_runs().stop_all(session.owner)
    store.retention.delete_everything(session.owner)
    session.chat.enter(None)
    session.chat.draft, session.kept = [], {}
    session.compare.images = []
    session.history.picked, session.history.deleted, session.chat.sent = set(), [], None
    session.compare.run_id = None
    session.cases, session.case_runs = CasesState(), RunState()
