"""Conversations from elsewhere are written whole, once, and over nothing."""

from dataclasses import replace

import pytest

from components.chat.log import AttemptResult, LoggedConversation, NewImage
from db.log import SqlLog, open_log
from tests.db.make import DONE, RESTORED, content, rows_of, turn
from tests.db.old import found
from tests.db.test_log import FULL


def told(log: SqlLog) -> tuple[LoggedConversation, list[NewImage]]:
    """Two turns, the second tried twice, with marks; and their images."""
    log.begin_turn("me", turn("1", text="橘猫？"))
    log.finish("me", "t1", FULL)
    log.begin_turn("me", turn("2", conversation_id="c1"))
    log.finish("me", "t2", AttemptResult("interrupted", "A d"))
    log.begin_turn("me", turn("2", conversation_id="c1", attempt_id="t3"))
    log.finish("me", "t3", DONE)
    log.star("me", ["c1"])
    log.tag("me", ["c1"], "x")
    log.set_image_text("me", content("1").hash, "read")
    whole = log.conversation("me", "c1")
    assert whole
    hashes = {i.hash for m in whole.messages for i in m.images}
    return whole, [image for h in hashes if (image := log.image("me", h or ""))]


def test_a_conversation_comes_out_as_it_was_put_in(log: SqlLog, tmp_path) -> None:  # type: ignore[no-untyped-def]
    whole, contents = told(log)
    other = open_log(f"sqlite:///{tmp_path}/other.db")
    assert other.restore("she", whole, contents) == "new"
    assert other.conversation("she", "c1") == whole
    assert other.conversations("she") == log.conversations("me")
    assert other.image("she", content("1").hash) == log.image("me", content("1").hash)
    assert [found(other, q, "she") for q in ("橘猫", "read", "cat")] == [["c1"]] * 3
    other.close()


def test_the_same_again_changes_nothing(log: SqlLog) -> None:
    whole, contents = told(log)
    before = rows_of(log)
    changed = replace(whole, title="Changed", messages=())
    assert log.restore("me", changed, contents) == "known"
    assert rows_of(log) == before


def test_what_was_deleted_comes_back_as_it_was(log: SqlLog) -> None:
    whole, contents = told(log)
    log.delete("me", "c1")
    assert log.restore("me", replace(whole, title="Changed"), contents) == "known"
    assert log.conversation("me", "c1") == whole


def test_messages_of_another_conversation_are_never_taken_over(log: SqlLog) -> None:
    whole, contents = told(log)
    before = rows_of(log)
    assert log.restore("me", replace(whole, id="c7"), contents) == "conflict"
    assert rows_of(log) == before


def test_an_id_that_comes_twice_is_a_conflict(log: SqlLog) -> None:
    twice = replace(RESTORED, messages=RESTORED.messages * 2)
    assert log.restore("me", twice, [content("9")]) == "conflict"
    assert not any(rows_of(log).values())


def test_without_its_images_nothing_is_written(log: SqlLog) -> None:
    with pytest.raises(ValueError, match="no bytes"):
        log.restore("me", RESTORED, [])
    assert not any(rows_of(log).values())


def test_what_runs_elsewhere_does_not_run_here(log: SqlLog, tmp_path) -> None:  # type: ignore[no-untyped-def]
    log.begin_turn("me", turn())
    whole = log.conversation("me", "c1")
    assert whole
    log.restore("you", whole, [content("1")])
    assert [s.running for s in log.conversations("you")] == [False]
    assert log.conversation("you", "c1").messages[1].attempt.result.outcome == "interrupted"  # type: ignore[union-attr]
