"""What was used since some time, with what the requests carried."""

from datetime import timedelta

from components.chat.store import AttemptResult, StoredUse
from db.store import Store
from tests.unit.db.make import START, Clock, content, progress, shown, turn

PAID = AttemptResult(
    "ok", "A cat.", usage_source="reported", input_tokens=900, cached_tokens=128, output_tokens=4
)


def answer(store: Store, name: str, result: AttemptResult = PAID, **other: object) -> None:
    store.conversations.begin_turn("me", turn(name, **other))
    store.conversations.finish("me", f"t{name}", result)


def ids(uses: list[StoredUse]) -> list[str]:
    return [use.attempt.id for use in uses]


def test_answers_begun_since_then_come_oldest_first(store: Store) -> None:
    answer(store, "late", started_at=START + timedelta(days=2))
    answer(store, "early", started_at=START - timedelta(microseconds=1))
    answer(store, "there", started_at=START)
    assert ids(store.answers.usage_since("me", START)) == ["tthere", "tlate"]
    assert store.answers.usage_since("me", START + timedelta(days=3)) == []
    assert store.answers.usage_since("you", START) == []


def test_a_use_has_what_it_was_asked_with_and_what_it_came_to(store: Store) -> None:
    answer(store, "1", parameters={"system": "看图", "context": {"u0:0": "low"}})
    (use,) = store.answers.usage_since("me", START)
    assert (use.conversation_id, use.title, use.history) == ("c1", "Title 1", ())
    assert (use.attempt.model, use.attempt.prices["input"]) == ("llava", "1.50")
    assert use.attempt.parameters == {"system": "看图", "context": {"u0:0": "low"}}
    assert (use.attempt.estimated_input_tokens, use.attempt.result) == (801, PAID)
    assert (use.question.text, use.question.images) == ("What is this? 1", (shown(content("1")),))


def test_the_history_of_an_answer_goes_back_beyond_the_time_asked_for(store: Store) -> None:
    answer(store, "1", started_at=START - timedelta(days=100))
    answer(store, "2", conversation_id="c1")
    answer(store, "3", conversation_id="c1")
    uses = store.answers.usage_since("me", START)
    assert ids(uses) == ["t2", "t3"]
    assert [[m.id for m in use.history] for use in uses] == [["u1", "a1"], ["u1", "a1", "u2", "a2"]]
    assert [m.text for m in uses[0].history] == ["What is this? 1", "A cat."]
    assert [len(m.images) for m in uses[1].history] == [1, 0, 1, 0]


def test_each_branch_has_its_own_history(store: Store) -> None:
    answer(store, "1")
    answer(store, "2", conversation_id="c1")
    answer(store, "edited", conversation_id="c1", parent_id="a1")
    answer(store, "again", conversation_id="c1", parent_id=None)
    found = {
        u.attempt.id: [m.id for m in u.history] for u in store.answers.usage_since("me", START)
    }
    assert found == {"t1": [], "t2": ["u1", "a1"], "tedited": ["u1", "a1"], "tagain": []}


def test_each_try_that_was_answered_counts(store: Store) -> None:
    cut_off = AttemptResult("interrupted", "A c", usage_source="none")
    answer(store, "1", cut_off)
    store.conversations.begin_turn("me", turn("1", attempt_id="tagain"))
    store.conversations.finish("me", "tagain", PAID)
    assert ids(store.answers.usage_since("me", START)) == ["t1", "tagain"]
    assert {u.question.id for u in store.answers.usage_since("me", START)} == {"u1"}


def test_what_was_refused_or_is_running_is_no_use(store: Store, clock: Clock) -> None:
    answer(store, "refused", AttemptResult("failed", "", code="auth", status=401))
    answer(store, "thought", AttemptResult("length", "", usage_source="reported", output_tokens=9))
    store.conversations.begin_turn("me", turn("running"))
    progress(store, "me", "trunning", "A c")
    assert ids(store.answers.usage_since("me", START)) == ["tthought"]
    clock.pass_(60)
    assert ids(store.answers.usage_since("me", START)) == ["trunning", "tthought"], (
        "it was given up"
    )


def test_deleted_conversations_are_left_out_until_they_come_back(store: Store) -> None:
    answer(store, "1")
    store.history.delete("me", ["c1"])
    assert store.answers.usage_since("me", START) == []
    store.history.undo_delete("me", ["c1"])
    assert ids(store.answers.usage_since("me", START)) == ["t1"]


def test_attempts_are_found_by_when_they_began(sqlite_store: Store) -> None:
    with sqlite_store.database.read() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT conversation_id FROM attempts"
            " WHERE owner = 'me' AND started_at >= '2026'"
        ).all()
    assert "USING COVERING INDEX attempts_by_start (owner=? AND started_at>?)" in plan[0][3]
