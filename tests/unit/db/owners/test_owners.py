"""Two people in one database: neither sees, changes or deletes what is the other's."""

import pytest
from sqlalchemy import UniqueConstraint

from db.schema.conversations import metadata, search_keys
from db.schema.usage import usage_events
from db.store import Store
from tests.unit.db.make import CALLS, NOBODYS, content, fill, rows_of, turn

STRANGERS = ("you", "", "m", "me ", "ME", "%", "me' OR '1'='1")
# Limits for all together are looked at by time.
FOR_SUMS_OVER_ALL = {index for index in usage_events.indexes if index.name == "usage_by_time"}


def test_every_table_has_the_owner_in_its_key_and_in_every_reference() -> None:
    for table in metadata.sorted_tables:
        if table.name in NOBODYS:
            continue
        unique = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
        keys = unique if table is search_keys else [table.primary_key]
        assert keys, table.name
        assert all("owner" in key.columns for key in keys), table.name
        for reference in table.foreign_key_constraints:
            assert "owner" in reference.column_keys, table.name
        for index in table.indexes - FOR_SUMS_OVER_ALL:
            assert index.columns.keys()[0] == "owner", index.name


@pytest.mark.parametrize("method", CALLS)
def test_a_stranger_with_the_right_ids_gets_and_changes_nothing(store: Store, method: str) -> None:
    fill(store)
    before = rows_of(store, "me")
    assert before["attempts"]
    assert before["scenarios"]
    assert before["votes"]
    for owner in STRANGERS:
        assert not CALLS[method](store, owner), owner  # None, False, 0, or an empty list
        assert rows_of(store, "me") == before, owner


@pytest.mark.parametrize("method", CALLS)
def test_with_the_same_ids_each_has_their_own(store: Store, method: str) -> None:
    fill(store)
    store.conversations.begin_turn("you", turn(text="Yours?", title="Yours"))
    mine = rows_of(store, "me")
    CALLS[method](store, "you")
    assert rows_of(store, "me") == mine
    found = store.conversations.conversation("me", "c1")
    assert found
    assert (found.title, found.messages[0].text) == ("Title 1", "What is this? 1")
    assert store.conversations.image("me", content("1").hash) == content("1")


def test_a_turn_for_somebody_elses_conversation_makes_an_own_one(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("you", turn("2", conversation_id="c1"))
    for owner, message in (("me", "u1"), ("you", "u2")):
        found = store.conversations.conversation(owner, "c1")
        assert found
        assert found.messages[0].id == message
        assert store.history.page(owner)[0].messages == 2


def test_an_image_of_the_same_bytes_is_kept_for_each(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.conversations.begin_turn("you", turn())
    store.history.delete("you", ["c1"])
    store.retention.purge("you")
    assert store.conversations.image("you", content("1").hash) is None
    assert store.conversations.image("me", content("1").hash) == content("1")


def test_bytes_that_only_another_owner_has_are_not_there(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    with pytest.raises(ValueError, match="no bytes"):
        store.conversations.begin_turn("you", turn(contents=[]))
