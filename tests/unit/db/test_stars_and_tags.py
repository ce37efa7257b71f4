"""Stars, titles and tags."""

import pytest

from db.store import SqlStore
from tests.unit.db.make import Clock, turn


@pytest.fixture
def three(store: SqlStore) -> SqlStore:
    for name in "123":
        store.begin_turn("me", turn(name))
    return store


def test_many_are_starred_and_unstarred_at_once(three: SqlStore) -> None:
    assert three.star("me", ["c1", "c3", "none"]) == 2
    assert {s.id: s.starred for s in three.conversations("me")} == {
        "c1": True,
        "c2": False,
        "c3": True,
    }
    assert three.star("me", ["c1", "c2"], False) == 1
    whole = three.conversation("me", "c3")
    assert whole
    assert whole.starred


def test_tags_are_given_once_counted_and_taken_away(three: SqlStore) -> None:
    assert three.tag("me", ["c1", "c2"], " 工作  发票 ") == 2
    assert three.tag("me", ["c2", "c3"], "工作 发票") == 1
    three.tag("me", ["c2"], "a")
    assert three.tags("me") == {"a": 1, "工作 发票": 3}
    assert three.conversation("me", "c2").tags == ("a", "工作 发票")  # type: ignore[union-attr]
    assert {s.id: s.tags for s in three.conversations("me")}["c2"] == ("a", "工作 发票")
    assert three.untag("me", ["c1", "c2"], "工作 发票") == 2
    assert three.tags("me") == {"a": 1, "工作 发票": 1}


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_a_blank_title_or_tag_changes_nothing(three: SqlStore, blank: str) -> None:
    assert three.rename("me", "c1", blank) is False
    assert three.tag("me", ["c1"], blank) == 0
    assert three.conversation("me", "c1").title == "Title 1"  # type: ignore[union-attr]


def test_titles_and_tags_are_cut_at_their_limits(three: SqlStore) -> None:
    three.rename("me", "c1", "字" * 1000)
    three.tag("me", ["c1"], "t" * 1000)
    found = three.conversation("me", "c1")
    assert found
    assert (len(found.title), len(found.tags[0])) == (200, 40)


def test_marks_leave_the_order_of_the_history_alone(three: SqlStore, clock: Clock) -> None:
    before = [s.id for s in three.conversations("me")]
    clock.pass_(60)
    three.star("me", ["c1"])
    three.rename("me", "c2", "x")
    three.tag("me", ["c1"], "x")
    assert [s.id for s in three.conversations("me")] == before


def test_what_is_deleted_cannot_be_marked(three: SqlStore) -> None:
    three.tag("me", ["c1"], "old")
    three.delete("me", "c1")
    assert three.star("me", ["c1"]) == 0
    assert three.tag("me", ["c1"], "new") == 0
    assert three.rename("me", "c1", "x") is False
    assert three.tags("me") == {}
