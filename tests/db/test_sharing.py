"""Shares and what the team may read, as the log keeps them; and the two look-ups across owners."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.log import SqlLog, open_log
from tests.db.comparing import comparison
from tests.db.make import DONE, Clock, fill, rows_of, share, turn
from tests.db.owner_checker import OwnerChecker


def test_a_link_is_found_by_its_hash_and_names_its_owner(log: SqlLog) -> None:
    fill(log)
    assert log.open_share("hash of me's") == share()
    assert log.open_share("hash of you's") is None
    assert log.open_share("") is None


def test_a_revoked_link_and_one_that_has_ended_are_as_if_they_had_never_been(
    tmp_path: Path,
) -> None:
    clock = Clock()
    log = open_log(f"sqlite:///{tmp_path}/log.db", clock=clock)
    fill(log)
    log.add_share("me", share(id="s2"), "second")
    assert log.revoke_share("me", "s2")
    assert not log.revoke_share("me", "s2")
    assert log.open_share("second") is None
    assert [each.id for each in log.shares("me", "conversation", "c1")] == ["s1"]
    clock.pass_(timedelta(days=7).total_seconds() - 1)
    assert log.open_share("hash of me's")
    clock.pass_(1)
    assert log.open_share("hash of me's") is None
    assert log.shares("me", "conversation", "c1") == []
    # and the next one made for the same thing takes the old ones' place
    log.add_share("me", share(id="s3", ends_at=clock() + timedelta(days=1)), "third")
    assert [row[1] for row in rows_of(log, "me")["shares"]] == ["s3"]
    log.close()


def test_what_is_gone_for_ever_takes_its_links_along(log: SqlLog) -> None:
    fill(log)
    log.finish("me", "t1", DONE)
    scenario = log.save_scenario("me", "Second", "v=1")
    log.add_share("me", share(id="s2", kind="comparison", target_id="cmp1"), "of cmp1")
    log.add_share("me", share(id="s3", kind="scenario", target_id=scenario), "of scenario")
    log.delete("me", "c1")
    log.undo_delete("me", ["c1"])
    assert log.open_share("hash of me's")  # while it can be undone the link waits
    log.delete("me", "c1")
    log.purge("me")
    log.delete_comparison("me", "cmp1")
    log.delete_scenario("me", scenario)
    assert [log.open_share(each) for each in ("hash of me's", "of cmp1", "of scenario")] == [
        None,
        None,
        None,
    ]
    assert rows_of(log, "me")["shares"] == []
    assert rows_of(log, "me")["team_visible"] == []


def test_another_persons_thing_of_the_same_id_keeps_its_links(log: SqlLog) -> None:
    for owner in ("me", "you"):
        log.begin_turn(owner, turn())
        log.begin_comparison(owner, *comparison("1"))
        log.add_share(owner, share(owner), f"hash of {owner}'s")
    log.delete("you", "c1")
    log.purge("you")
    assert log.open_share("hash of me's")
    assert log.open_share("hash of you's") is None


def test_the_team_reads_what_was_opened_to_it_and_only_while_it_is(log: SqlLog) -> None:
    log.begin_turn("me", turn("1"))
    log.begin_turn("me", turn("2"))
    assert log.team("you") == []
    assert log.team_conversation("me", "c1") is None
    assert log.let_team_read("me", "c1", "Ada")
    (row,) = log.team("you")
    assert (row.owner, row.conversation_id, row.name, row.title) == ("me", "c1", "Ada", "Title 1")
    assert log.team("me") == []  # one's own isn't news
    found = log.team_conversation("me", "c1")
    assert found
    assert found == log.conversation("me", "c1")
    assert log.team_conversation("me", "c2") is None
    log.delete("me", "c1")
    assert (log.team("you"), log.team_conversation("me", "c1")) == ([], None)
    log.undo_delete("me", ["c1"])
    assert log.keep_from_team("me", "c1")
    assert not log.keep_from_team("me", "c1")
    assert (log.team("you"), log.team_conversation("me", "c1")) == ([], None)


def test_nobody_can_open_somebody_elses_conversation_to_the_team(log: SqlLog) -> None:
    log.begin_turn("me", turn())
    assert not log.let_team_read("you", "c1", "You")
    assert log.team("them") == []


# The exceptions of test_no_query_without_owner: exactly these, each with one statement.
ACROSS = {
    "open_share": (lambda log: log.open_share("x"), ["no owner for shares"]),
    "team": (
        lambda log: log.team("me"),
        ["no owner for team_visible", "no owner for conversations"],
    ),
}


@pytest.mark.parametrize("name", ACROSS)
def test_these_two_look_ups_alone_begin_without_an_owner(log: SqlLog, name: str) -> None:
    call, expected = ACROSS[name]
    fill(log)
    checker = OwnerChecker(log.database.engine, "me")
    call(log)
    assert checker.statements == 1
    assert sorted(each.partition(":")[0] for each in checker.complaints) == sorted(expected)
