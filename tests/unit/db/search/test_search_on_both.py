"""Both word indexes find the same, whatever was written and whatever is asked."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.search.text import searchable
from db.search.tsvector import PIECE
from db.store import Store, open_store
from tests.support.fuzzing import examples
from tests.unit.db.schema.old import found
from tests.unit.db.search.test_search import ask

Both = tuple[Store, Store]
LETTERS = "图像识别的abcABC éÉßﬁ１２0😀؀นㅏ𠮷々ー'\"&|!():*<>\\\0"
TEXTS = st.text(st.sampled_from(LETTERS) | st.characters(), max_size=60)
_people = count()


@pytest.fixture
def both(tmp_path: Path, postgres_store_url: str) -> Iterator[Both]:
    stores = open_store(f"sqlite:///{tmp_path}/log.db"), open_store(postgres_store_url)
    yield stores
    for store in stores:
        store.close()


def same(both: Both, owner: str, query: str) -> list[str]:
    here, there = (found(store, query, owner) for store in both)
    assert here == there, query
    return here


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=3), st.lists(TEXTS, min_size=1, max_size=3))
def test_they_agree_on_any_text_and_any_query(
    both: Both, texts: list[str], queries: list[str]
) -> None:
    owner = f"p{next(_people)}"
    for store in both:
        for n, text in enumerate(texts):
            ask(store, str(n), text, owner=owner)
    for query in [*queries, *(text[: len(text) // 2] for text in texts)]:
        same(both, owner, query)


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text(both: Both) -> None:
    """Across the edges of the pieces that PostgreSQL has of it too."""
    text = "".join(chr(0x4E00 + n % 5000) for n in range(3 * PIECE))
    for store in both:
        ask(store, "1", text)
    for start in (0, PIECE - 40, PIECE - 3, PIECE, 2 * PIECE - 70, 2 * PIECE - 2, len(text) - 9):
        assert same(both, "me", text[start : start + 9]) == ["c1"]
        assert same(both, "me", text[start : start + 60]) == ["c1"]
    assert same(both, "me", text[5] + text[7]) == []


def test_a_word_that_is_said_a_thousand_times_hides_no_phrase(both: Both) -> None:
    for store in both:
        ask(store, "1", "图像" * 1000 + "图像识别" + "哈" * 2000 + "完")
    for query in ("图像识别", "哈完", "像哈", "别哈", "哈哈哈"):
        same(both, "me", query)
    assert same(both, "me", "图像识别") == ["c1"]
    assert same(both, "me", "哈哈完") == ["c1"]
    assert same(both, "me", "完哈") == []


def test_the_longest_text_of_the_widest_words_has_room(both: Both) -> None:
    text = " ".join("\U00010400" * 60 + str(n) for n in range(3300))  # 4 bytes a letter
    assert len(searchable(text).encode()) > 750_000
    for store in both:
        ask(store, "1", text)
    assert same(both, "me", "\U00010428" * 60 + "17") == ["c1"]
