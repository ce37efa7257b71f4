"""What people say of answers: added, replaced, taken back, never changed."""

from components.compare.store import Accepted
from db.store import Store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import START, Clock, rows_of, turn


def test_a_label_comes_back_with_who_and_when(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    assert store.labels.add("me", "l1", "t1", "wrong", "二十三\n颗")
    (found,) = store.labels.of_conversation("me", "c1").values()
    assert (found.id, found.verdict, found.corrected) == ("l1", "wrong", "二十三\n颗")
    assert (found.who, found.at, found.attempt_id, found.message_id) == ("me", START, "t1", "a1")
    assert store.labels.all("me") == [found]
    assert store.labels.all("me", ["right"]) == []


def test_a_changed_mind_is_another_row_and_the_old_one_says_which(
    store: Store, clock: Clock
) -> None:
    store.conversations.begin_turn("me", turn())
    store.labels.add("me", "l1", "t1", "right")
    clock.pass_(5)
    store.labels.add("me", "l2", "t1", "wrong", "7")
    store.labels.add("me", "l2", "t1", "wrong", "8")  # a repeat
    assert {k: v.id for k, v in store.labels.of_conversation("me", "c1").items()} == {"t1": "l2"}
    history = store.labels.history("me")
    assert [(each.id, each.verdict, each.corrected) for each in history] == [
        ("l1", "right", ""),
        ("l2", "wrong", "7"),
    ]


def test_what_is_taken_back_is_no_label_any_more_but_stays_in_the_history(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.labels.add("me", "l1", "t1", "right")
    store.labels.add("me", "l2", "t1", "withdrawn")
    assert store.labels.of_conversation("me", "c1") == {}
    assert store.labels.all("me") == []
    assert [each.verdict for each in store.labels.history("me")] == ["right", "withdrawn"]


def test_another_attempt_at_the_answer_has_no_label(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.labels.add("me", "l1", "t1", "right")
    store.conversations.begin_turn("me", turn(attempt_id="t2"))
    assert set(store.labels.of_conversation("me", "c1")) == {"t1"}


def test_what_is_not_there_cannot_be_labelled(store: Store) -> None:
    assert not store.labels.add("me", "l1", "t1", "right")
    assert rows_of(store)["labels"] == []


def test_labels_are_out_of_sight_and_go_with_their_conversation(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.labels.add("me", "l1", "t1", "right")
    store.history.delete("me", ["c1"])
    assert store.labels.all("me") == []
    store.history.undo_delete("me", ["c1"])
    assert [each.id for each in store.labels.all("me")] == ["l1"]
    store.history.delete("me", ["c1"])
    store.retention.purge("me")
    assert rows_of(store)["labels"] == []


def test_an_accepted_answer_of_a_comparison_is_a_label(store: Store, clock: Clock) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    clock.pass_(1)
    store.comparisons.set_accepted("me", "cmp1", 0, "A", "7")
    store.comparisons.set_accepted("me", "cmp1", 0, "", None)
    found = store.comparisons.comparison("me", "cmp1")
    assert found
    assert found.comparison.accepted == (Accepted(0, "7", "A"),)
    (label,) = store.labels.all("me")
    assert (label.comparison_id, label.question, label.letter) == ("cmp1", 0, "A")
    assert (label.verdict, label.corrected, label.who) == ("right", "7", "me")
    assert [each.corrected for each in store.labels.history("me")].count("42") == 1
    store.comparisons.delete("me", "cmp1")
    assert rows_of(store)["labels"] == []
