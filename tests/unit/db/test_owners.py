"""Two people in one database: neither sees, changes or deletes what is the other's."""

import pytest
from sqlalchemy import UniqueConstraint

from db.schema.conversations import metadata, search_keys
from db.schema.usage import usage_events
from db.store import SqlStore
from tests.unit.db.make import (
    ABOUT_NOBODY,
    ACROSS_OWNERS,
    BY_OWNER,
    CALLS,
    FOR_ALL,
    NOBODYS,
    WITHOUT_ROWS,
    content,
    fill,
    public_methods,
    rows_of,
    turn,
)

# Limits for all together are looked at by time.
FOR_SUMS_OVER_ALL = {index for index in usage_events.indexes if index.name == "usage_by_time"}


def test_every_public_method_takes_the_owner_first() -> None:
    for name, signature in public_methods().items():
        if name not in WITHOUT_ROWS | FOR_ALL | BY_OWNER | ACROSS_OWNERS | ABOUT_NOBODY:
            assert list(signature.parameters)[1] == "owner", name


def test_every_public_method_is_called_in_these_tests() -> None:
    no_owner = WITHOUT_ROWS | FOR_ALL | ACROSS_OWNERS | ABOUT_NOBODY
    assert set(CALLS) == set(public_methods()) - no_owner


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
@pytest.mark.parametrize("owner", ["you", "", "m", "me ", "ME", "%", "me' OR '1'='1"])
def test_a_stranger_with_the_right_ids_gets_and_changes_nothing(
    store: SqlStore, method: str, owner: str
) -> None:
    fill(store)
    before = rows_of(store, "me")
    assert before["attempts"]
    assert before["scenarios"]
    assert before["votes"]
    assert not CALLS[method](store, owner)  # None, False, 0, or an empty list
    assert rows_of(store, "me") == before


@pytest.mark.parametrize("method", CALLS)
def test_with_the_same_ids_each_has_their_own(store: SqlStore, method: str) -> None:
    fill(store)
    store.begin_turn("you", turn(text="Yours?", title="Yours"))
    mine = rows_of(store, "me")
    CALLS[method](store, "you")
    assert rows_of(store, "me") == mine
    found = store.conversation("me", "c1")
    assert found
    assert (found.title, found.messages[0].text) == ("Title 1", "What is this? 1")
    assert store.image("me", content("1").hash) == content("1")


def test_a_turn_for_somebody_elses_conversation_makes_an_own_one(store: SqlStore) -> None:
    store.begin_turn("me", turn("1"))
    store.begin_turn("you", turn("2", conversation_id="c1"))
    for owner, message in (("me", "u1"), ("you", "u2")):
        found = store.conversation(owner, "c1")
        assert found
        assert found.messages[0].id == message
        assert store.conversations(owner)[0].messages == 2


def test_an_image_of_the_same_bytes_is_kept_for_each(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    store.begin_turn("you", turn())
    store.delete("you", "c1")
    store.purge("you")
    assert store.image("you", content("1").hash) is None
    assert store.image("me", content("1").hash) == content("1")


def test_bytes_that_only_another_owner_has_are_not_there(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    with pytest.raises(ValueError, match="no bytes"):
        store.begin_turn("you", turn(contents=[]))
