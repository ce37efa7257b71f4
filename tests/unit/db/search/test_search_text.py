"""Texts and queries as words that a plain word index can find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.search.text import MAX_INDEXED, MAX_TERMS, Term, query_terms, searchable


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("图像识别", "图像 像识 识别 别"),
        ("图", "图"),
        ("Hello, World!", "hello world"),
        ("用GPT-4o识图2次", "用 gpt 4o 识图 图 2 次"),
        ("价格：￥3.14（含税）", "价格 格 3 14 含税 税"),
        ("Café ＡＢＣ STRASSE straße", "cafe abc strasse strasse"),
        ("file_name.png", "file name png"),
        ("カメラ", "カメ メラ ラ"),
        ("𠮷野家", "𠮷野 野家 家"),
        ("人々", "人々 々"),
        ("", ""),
        (' " * ( ) : ^ -- \0 ', ""),
    ],
)
def test_a_text_becomes_words(text: str, words: str) -> None:
    assert searchable(text) == words


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("发票", [Term(("发票",), False)]),
        ("图像识别", [Term(("图像", "像识", "识别"), False)]),
        ("图", [Term(("图",), True)]),
        ("Cat", [Term(("cat",), True)]),
        ("iPhone手机", [Term(("iphone",), True), Term(("手机",), False)]),
        ("cat CAT cat", [Term(("cat",), True)]),
        ("a OR b", [Term((w,), True) for w in ("a", "or", "b")]),
        ('NEAR("x", 2)*', [Term((w,), True) for w in ("near", "x", "2")]),
        ('"', []),
        ("*", []),
        ("scope : o1", [Term(("scope",), True), Term(("o1",), True)]),
    ],
)
def test_a_query_becomes_terms_without_operators(query: str, terms: list[Term]) -> None:
    assert query_terms(query) == tuple(terms)


def test_very_long_words_texts_and_queries_are_cut() -> None:
    assert searchable("A" * 1000) == "a" * 64
    assert query_terms("A" * 1000) == (Term(("a" * 64,), True),)
    assert len(query_terms(" ".join(f"w{n}" for n in range(100)))) == MAX_TERMS
    assert len(searchable("图" * (MAX_INDEXED + 10)).split()) == MAX_INDEXED


@given(st.text())
def test_words_are_letters_and_digits_between_single_spaces(text: str) -> None:
    words = searchable(text)
    assert words == " ".join(words.split())
    # Chinese characters that Python's tables don't know yet are words as well.
    assert all(c.isalnum() or c >= "\U00020000" for word in words.split() for c in word)


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_query_asks_stands_in_every_text_that_contains_it(before: str, query: str) -> None:
    tokens = searchable(f"{before} {query} ").split()
    for term in query_terms(query):
        starts = [i for i in range(len(tokens)) if tokens[i] == term.tokens[0] or term.prefix]
        assert any(
            tuple(tokens[i : i + len(term.tokens)]) == term.tokens
            or (term.prefix and tokens[i].startswith(term.tokens[0]))
            for i in starts
        )
