"""Whether an answer of the FAQ helped."""

from components.chat.log import Vote
from db.log import SqlLog
from tests.db.make import START, Clock, rows_of


def test_a_vote_comes_back_to_who_gave_it_only(log: SqlLog) -> None:
    log.vote("me", "file-types", "zh", True)
    assert log.votes("me", "file-types") == Vote("file-types", "zh", True, START)
    assert log.votes("me", "size-limit") is None
    assert log.votes("you", "file-types") is None


def test_changing_a_vote_replaces_it(log: SqlLog, clock: Clock) -> None:
    log.vote("me", "file-types", "zh", True)
    log.vote("you", "file-types", "zh", True)
    clock.pass_(5)
    log.vote("me", "file-types", "en", False)
    assert log.votes("me", "file-types") == Vote("file-types", "en", False, clock.now)
    assert log.votes("you", "file-types") == Vote("file-types", "zh", True, START)
    assert len(rows_of(log)["votes"]) == 2
