"""Whether an answer of the FAQ helped."""

from components.chat.store import Vote
from db.store import Store
from tests.unit.db.make import START, Clock, rows_of


def test_a_vote_comes_back_to_who_gave_it_only(store: Store) -> None:
    store.votes.cast("me", "file-types", "zh", True)
    assert store.votes.find("me", "file-types") == Vote("file-types", "zh", True, START)
    assert store.votes.find("me", "size-limit") is None
    assert store.votes.find("you", "file-types") is None


def test_changing_a_vote_replaces_it(store: Store, clock: Clock) -> None:
    store.votes.cast("me", "file-types", "zh", True)
    store.votes.cast("you", "file-types", "zh", True)
    clock.pass_(5)
    store.votes.cast("me", "file-types", "en", False)
    assert store.votes.find("me", "file-types") == Vote("file-types", "en", False, clock.now)
    assert store.votes.find("you", "file-types") == Vote("file-types", "zh", True, START)
    assert len(rows_of(store)["votes"]) == 2
