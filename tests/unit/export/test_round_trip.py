"""What is exported in our own format comes back as it was."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from components.chat.store import HistoryFilter, StoredConversation
from components.export import ImageOf, json_file, json_zip, read_export
from db.store import Store, open_store
from tests.unit.db.make import rows_of, turn
from tests.unit.export.make import BLUE, RED, conversations, joined

FORMS = pytest.mark.parametrize("export", [json_file, json_zip])


@FORMS
def test_an_import_is_the_same_and_its_export_is_the_same_file(
    store: Store, image_of: ImageOf, tmp_path: Path, export: Callable[..., object]
) -> None:
    first = joined(export(conversations(store), image_of))  # type: ignore[arg-type]
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    counts = read_export(io.BytesIO(first)).bring_in(partial(other.conversations.restore, "she"))
    assert counts == {"new": 2, "known": 0, "conflict": 0}
    assert conversations(other, "she") == conversations(store)
    assert other.history.page("she") == store.history.page("me")
    for image in (RED, BLUE):
        assert other.conversations.image("she", image.hash) == image
    found = other.history.page("she", HistoryFilter(text="橘猫 执照"))
    assert [s.id for s in found] == ["c1"]
    again = joined(export(conversations(other, "she"), partial(other.conversations.image, "she")))  # type: ignore[arg-type]
    assert again == first
    other.close()


@FORMS
def test_importing_what_is_there_changes_nothing(
    store: Store, image_of: ImageOf, export: Callable[..., object]
) -> None:
    data = joined(export(conversations(store), image_of))  # type: ignore[arg-type]
    before = rows_of(store)
    counts = read_export(io.BytesIO(data)).bring_in(partial(store.conversations.restore, "me"))
    assert counts == {"new": 0, "known": 2, "conflict": 0}
    assert rows_of(store) == before


def test_another_owner_gets_an_own_copy_and_the_first_ones_is_untouched(
    store: Store, image_of: ImageOf
) -> None:
    data = joined(json_file(conversations(store), image_of)).replace(
        "橘猫".encode(), "黑狗".encode()
    )
    before = rows_of(store, "me")
    read_export(io.BytesIO(data)).bring_in(partial(store.conversations.restore, "you"))
    assert rows_of(store, "me") == before
    assert "黑狗" in conversations(store, "you")[0].messages[1].text


def test_an_answer_that_still_runs_is_exported_as_interrupted(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/log.db")
    store.conversations.begin_turn("me", turn(images=[], contents=[]))
    running = conversations(store)
    assert running[0].messages[1].attempt.result.outcome == "running"  # type: ignore[union-attr]
    data = joined(json_file(running, partial(store.conversations.image, "me")))
    (read,) = read_export(io.BytesIO(data)).conversations
    assert read.messages[1].attempt.result.outcome == "interrupted"  # type: ignore[union-attr]
    store.close()


def test_no_conversation_at_all_is_an_export_too() -> None:
    for export in (json_file, json_zip):
        data = joined(export([], lambda _: None))  # type: ignore[operator]
        assert read_export(io.BytesIO(data)).conversations == ()


def test_exports_come_in_pieces_an_image_at_a_time(store: Store) -> None:
    asked: list[str] = []

    def image_of(image_hash: str) -> object:
        asked.append(image_hash)
        return store.conversations.image("me", image_hash)

    def given() -> object:
        yield from conversations(store)

    pieces = iter(json_file(given(), image_of))  # type: ignore[arg-type]
    next(pieces)
    assert asked == []
    seen: list[StoredConversation] = []
    for _ in pieces:
        seen.append(_)  # type: ignore[arg-type]
    assert len(asked) == 2
    assert len(seen) > 4
