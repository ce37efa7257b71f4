"""Shares and what the team may read, as the store keeps them; and the two look-ups across
owners."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.store import SqlStore, open_store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import DONE, Clock, fill, rows_of, share, turn
from tests.unit.db.owner_checker import OwnerChecker


def test_a_link_is_found_by_its_hash_and_names_its_owner(store: SqlStore) -> None:
    fill(store)
    assert store.open_share("hash of me's") == share()
    assert store.open_share("hash of you's") is None
    assert store.open_share("") is None


def test_a_revoked_link_and_one_that_has_ended_are_as_if_they_had_never_been(
    tmp_path: Path,
) -> None:
    clock = Clock()
    store = open_store(f"sqlite:///{tmp_path}/log.db", clock=clock)
    fill(store)
    store.add_share("me", share(id="s2"), "second")
    assert store.revoke_share("me", "s2")
    assert not store.revoke_share("me", "s2")
    assert store.open_share("second") is None
    assert [each.id for each in store.shares("me", "conversation", "c1")] == ["s1"]
    clock.pass_(timedelta(days=7).total_seconds() - 1)
    assert store.open_share("hash of me's")
    clock.pass_(1)
    assert store.open_share("hash of me's") is None
    assert store.shares("me", "conversation", "c1") == []
    # and the next one made for the same thing takes the old ones' place
    store.add_share("me", share(id="s3", ends_at=clock() + timedelta(days=1)), "third")
    assert [row[1] for row in rows_of(store, "me")["shares"]] == ["s3"]
    store.close()


def test_what_is_gone_for_ever_takes_its_links_along(store: SqlStore) -> None:
    fill(store)
    store.finish("me", "t1", DONE)
    scenario = store.save_scenario("me", "Second", "v=1")
    store.add_share("me", share(id="s2", kind="comparison", target_id="cmp1"), "of cmp1")
    store.add_share("me", share(id="s3", kind="scenario", target_id=scenario), "of scenario")
    store.delete("me", "c1")
    store.undo_delete("me", ["c1"])
    assert store.open_share("hash of me's")  # while it can be undone the link waits
    store.delete("me", "c1")
    store.purge("me")
    store.delete_comparison("me", "cmp1")
    store.delete_scenario("me", scenario)
    assert [store.open_share(each) for each in ("hash of me's", "of cmp1", "of scenario")] == [
        None,
        None,
        None,
    ]
    assert rows_of(store, "me")["shares"] == []
    assert rows_of(store, "me")["team_visible"] == []


def test_another_persons_thing_of_the_same_id_keeps_its_links(store: SqlStore) -> None:
    for owner in ("me", "you"):
        store.begin_turn(owner, turn())
        store.begin_comparison(owner, *comparison("1"))
        store.add_share(owner, share(owner), f"hash of {owner}'s")
    store.delete("you", "c1")
    store.purge("you")
    assert store.open_share("hash of me's")
    assert store.open_share("hash of you's") is None


def test_the_team_reads_what_was_opened_to_it_and_only_while_it_is(store: SqlStore) -> None:
    store.begin_turn("me", turn("1"))
    store.begin_turn("me", turn("2"))
    assert store.team("you") == []
    assert store.team_conversation("me", "c1") is None
    assert store.let_team_read("me", "c1", "Ada")
    (row,) = store.team("you")
    assert (row.owner, row.conversation_id, row.name, row.title) == ("me", "c1", "Ada", "Title 1")
    assert store.team("me") == []  # one's own isn't news
    found = store.team_conversation("me", "c1")
    assert found
    assert found == store.conversation("me", "c1")
    assert store.team_conversation("me", "c2") is None
    store.delete("me", "c1")
    assert (store.team("you"), store.team_conversation("me", "c1")) == ([], None)
    store.undo_delete("me", ["c1"])
    assert store.keep_from_team("me", "c1")
    assert not store.keep_from_team("me", "c1")
    assert (store.team("you"), store.team_conversation("me", "c1")) == ([], None)


def test_nobody_can_open_somebody_elses_conversation_to_the_team(store: SqlStore) -> None:
    store.begin_turn("me", turn())
    assert not store.let_team_read("you", "c1", "You")
    assert store.team("them") == []


# The exceptions of test_no_query_without_owner: exactly these, each with one statement.
ACROSS = {
    "open_share": (lambda store: store.open_share("x"), ["no owner for shares"]),
    "team": (
        lambda store: store.team("me"),
        ["no owner for team_visible", "no owner for conversations"],
    ),
}


@pytest.mark.parametrize("name", ACROSS)
def test_these_two_look_ups_alone_begin_without_an_owner(store: SqlStore, name: str) -> None:
    call, expected = ACROSS[name]
    fill(store)
    checker = OwnerChecker(store.database.engine, "me")
    call(store)
    assert checker.statements == 1
    assert sorted(each.partition(":")[0] for each in checker.complaints) == sorted(expected)
