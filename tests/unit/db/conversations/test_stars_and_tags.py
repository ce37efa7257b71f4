"""Stars, titles and tags."""

import pytest

from db.store import Store
from tests.unit.db.make import Clock, turn


@pytest.fixture
def three(store: Store) -> Store:
    for name in "123":
        store.conversations.begin_turn("me", turn(name))
    return store


def test_many_are_starred_and_unstarred_at_once(three: Store) -> None:
    assert three.history.star("me", ["c1", "c3", "none"]) == 2
    assert {s.id: s.starred for s in three.history.page("me")} == {
        "c1": True,
        "c2": False,
        "c3": True,
    }
    assert three.history.star("me", ["c1", "c2"], False) == 1
    whole = three.conversations.conversation("me", "c3")
    assert whole
    assert whole.starred


def test_tags_are_given_once_counted_and_taken_away(three: Store) -> None:
    assert three.history.tag("me", ["c1", "c2"], " 工作  发票 ") == 2
    assert three.history.tag("me", ["c2", "c3"], "工作 发票") == 1
    three.history.tag("me", ["c2"], "a")
    assert three.history.tags("me") == {"a": 1, "工作 发票": 3}
    assert three.conversations.conversation("me", "c2").tags == ("a", "工作 发票")  # type: ignore[union-attr]
    assert {s.id: s.tags for s in three.history.page("me")}["c2"] == ("a", "工作 发票")
    assert three.history.untag("me", ["c1", "c2"], "工作 发票") == 2
    assert three.history.tags("me") == {"a": 1, "工作 发票": 1}


@pytest.mark.parametrize("blank", ["", " \n\t"])
def test_a_blank_title_or_tag_changes_nothing(three: Store, blank: str) -> None:
    assert three.history.rename("me", "c1", blank) is False
    assert three.history.tag("me", ["c1"], blank) == 0
    assert three.conversations.conversation("me", "c1").title == "Title 1"  # type: ignore[union-attr]


def test_titles_and_tags_are_cut_at_their_limits(three: Store) -> None:
    three.history.rename("me", "c1", "字" * 1000)
    three.history.tag("me", ["c1"], "t" * 1000)
    found = three.conversations.conversation("me", "c1")
    assert found
    assert (len(found.title), len(found.tags[0])) == (200, 40)


def test_marks_leave_the_order_of_the_history_alone(three: Store, clock: Clock) -> None:
    before = [s.id for s in three.history.page("me")]
    clock.pass_(60)
    three.history.star("me", ["c1"])
    three.history.rename("me", "c2", "x")
    three.history.tag("me", ["c1"], "x")
    assert [s.id for s in three.history.page("me")] == before


def test_what_is_deleted_cannot_be_marked(three: Store) -> None:
    three.history.tag("me", ["c1"], "old")
    three.history.delete("me", ["c1"])
    assert three.history.star("me", ["c1"]) == 0
    assert three.history.tag("me", ["c1"], "new") == 0
    assert three.history.rename("me", "c1", "x") is False
    assert three.history.tags("me") == {}
