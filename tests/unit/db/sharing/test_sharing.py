"""Shares and what the team may read, as the store keeps them; and the two look-ups across
owners."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.store import Store, open_store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, Clock, fill, rows_of, share, turn
from tests.unit.db.owners.owner_checker import OwnerChecker


def test_a_link_is_found_by_its_hash_and_names_its_owner(store: Store) -> None:
    fill(store)
    assert store.shares.by_token("hash of me's") == share()
    assert store.shares.by_token("hash of you's") is None
    assert store.shares.by_token("") is None


def test_a_revoked_link_and_one_that_has_ended_are_as_if_they_had_never_been(
    tmp_path: Path,
) -> None:
    clock = Clock()
    store = open_store(f"sqlite:///{tmp_path}/log.db", clock=clock)
    fill(store)
    store.shares.add("me", share(id="s2"), "second")
    assert store.shares.revoke("me", "s2")
    assert not store.shares.revoke("me", "s2")
    assert store.shares.by_token("second") is None
    assert [each.id for each in store.shares.open_ones("me", "conversation", "c1")] == ["s1"]
    clock.pass_(timedelta(days=7).total_seconds() - 1)
    assert store.shares.by_token("hash of me's")
    clock.pass_(1)
    assert store.shares.by_token("hash of me's") is None
    assert store.shares.open_ones("me", "conversation", "c1") == []
    # and the next one made for the same thing takes the old ones' place
    store.shares.add("me", share(id="s3", ends_at=clock() + timedelta(days=1)), "third")
    assert [row[1] for row in rows_of(store, "me")["shares"]] == ["s3"]
    store.close()


def test_what_is_gone_for_ever_takes_its_links_along(store: Store) -> None:
    fill(store)
    store.conversations.finish("me", "t1", DONE)
    scenario = store.scenarios.save("me", "Second", "v=1")
    store.shares.add("me", share(id="s2", kind="comparison", target_id="cmp1"), "of cmp1")
    store.shares.add("me", share(id="s3", kind="scenario", target_id=scenario), "of scenario")
    store.history.delete("me", ["c1"])
    store.history.undo_delete("me", ["c1"])
    assert store.shares.by_token("hash of me's")  # while it can be undone the link waits
    store.history.delete("me", ["c1"])
    store.retention.purge("me")
    store.comparisons.delete("me", "cmp1")
    store.scenarios.delete("me", scenario)
    assert [store.shares.by_token(each) for each in ("hash of me's", "of cmp1", "of scenario")] == [
        None,
        None,
        None,
    ]
    assert rows_of(store, "me")["shares"] == []
    assert rows_of(store, "me")["team_visible"] == []


def test_another_persons_thing_of_the_same_id_keeps_its_links(store: Store) -> None:
    for owner in ("me", "you"):
        store.conversations.begin_turn(owner, turn())
        store.comparisons.begin_comparison(owner, *comparison("1"))
        store.shares.add(owner, share(owner), f"hash of {owner}'s")
    store.history.delete("you", ["c1"])
    store.retention.purge("you")
    assert store.shares.by_token("hash of me's")
    assert store.shares.by_token("hash of you's") is None


def test_the_team_reads_what_was_opened_to_it_and_only_while_it_is(store: Store) -> None:
    store.conversations.begin_turn("me", turn("1"))
    store.conversations.begin_turn("me", turn("2"))
    assert store.shares.team("you") == []
    assert store.shares.team_conversation("me", "c1") is None
    assert store.shares.let_team_read("me", "c1", "Ada")
    (row,) = store.shares.team("you")
    assert (row.owner, row.conversation_id, row.name, row.title) == ("me", "c1", "Ada", "Title 1")
    assert store.shares.team("me") == []  # one's own isn't news
    found = store.shares.team_conversation("me", "c1")
    assert found
    assert found == store.conversations.conversation("me", "c1")
    assert store.shares.team_conversation("me", "c2") is None
    store.history.delete("me", ["c1"])
    assert (store.shares.team("you"), store.shares.team_conversation("me", "c1")) == ([], None)
    store.history.undo_delete("me", ["c1"])
    assert store.shares.keep_from_team("me", "c1")
    assert not store.shares.keep_from_team("me", "c1")
    assert (store.shares.team("you"), store.shares.team_conversation("me", "c1")) == ([], None)


def test_nobody_can_open_somebody_elses_conversation_to_the_team(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    assert not store.shares.let_team_read("you", "c1", "You")
    assert store.shares.team("them") == []


# Exceptions of owners/test_across_owners: exactly these, each with one statement.
ACROSS = {
    "open_share": (lambda store: store.shares.by_token("x"), ["no owner for shares"]),
    "team": (
        lambda store: store.shares.team("me"),
        ["no owner for team_visible", "no owner for conversations"],
    ),
}


@pytest.mark.parametrize("name", ACROSS)
def test_these_two_look_ups_alone_begin_without_an_owner(store: Store, name: str) -> None:
    call, expected = ACROSS[name]
    fill(store)
    checker = OwnerChecker(store.database.engine, "me")
    call(store)
    assert checker.statements == 1
    assert sorted(each.partition(":")[0] for each in checker.complaints) == sorted(expected)
