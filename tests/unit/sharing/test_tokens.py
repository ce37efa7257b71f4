"""The secret in a link."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from components.sharing.making import MAX_DAYS, MAX_OPEN, ShareError, share_it
from components.sharing.tokens import BITS, hash_of, new_token
from db.store import open_store
from tests.unit.db.make import rows_of, turn

NOW = datetime.now(UTC)


def test_a_token_is_long_random_and_safe_in_an_address() -> None:
    made = {new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert BITS >= 128
    assert all(len(each) == BITS / 6 and hash_of(each) for each in made)


@pytest.mark.parametrize(
    "token", ["", "A" * 31, "A" * 33, "A" * 31 + "=", "A" * 31 + "é", "A" * 31 + "\n", "%41" * 32]
)
def test_what_cannot_be_a_token_has_no_hash(token: str) -> None:
    assert hash_of(token) is None


def test_only_the_hash_is_kept(database_url: str) -> None:
    store = open_store(database_url)
    store.conversations.begin_turn("me", turn())
    share, token = share_it(store.shares, "me", "conversation", "c1", NOW)
    assert share.ends_at - share.created_at == timedelta(days=7)
    assert store.shares.by_token(hashlib.sha256(token.encode()).hexdigest()) == share
    assert store.shares.by_token(token) is None
    store.close()
    assert token not in repr(rows_of(database_url))


def test_a_link_ends_and_there_are_only_so_many(database_url: str) -> None:
    store = open_store(database_url)
    for days in (0, -1, MAX_DAYS + 1):
        with pytest.raises(ShareError) as caught:
            share_it(store.shares, "me", "conversation", "c1", NOW, days=days)
        assert (caught.value.code, caught.value.data) == ("share_days", {"limit": 90})
    for _ in range(MAX_OPEN):
        share_it(store.shares, "me", "conversation", "c1", NOW, days=MAX_DAYS)
    with pytest.raises(ShareError, match="share_too_many"):
        share_it(store.shares, "me", "conversation", "c1", NOW)
    share_it(store.shares, "me", "conversation", "c2", NOW)
    store.close()


def test_a_name_that_is_not_to_be_shown_is_not_kept(database_url: str) -> None:
    store = open_store(database_url)
    hidden, _ = share_it(store.shares, "me", "conversation", "c1", NOW, person="Ada")
    named, _ = share_it(
        store.shares, "me", "conversation", "c1", NOW, person="Ada", with_names=True
    )
    assert (hidden.person, named.person) == ("", "Ada")
    store.close()
