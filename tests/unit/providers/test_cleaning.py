"""What comes in is whole characters, and never the key."""

import pytest

from components.providers.redact import MASK
from components.providers.reply.cleaning import MAX_NAME, Pieces, clean, clean_name

KEY = "sk-canary-4f9a71c2e8b35d60"


def fed(pieces: list[str], key: str = KEY) -> str:
    stream = Pieces(key)
    return "".join(stream.feed(piece) for piece in pieces) + stream.rest()


@pytest.mark.parametrize("at", range(1, len(KEY)))
def test_a_key_in_two_pieces_is_masked_wherever_it_was_cut(at: int) -> None:
    stream = Pieces(KEY)
    first = stream.feed(f"It is {KEY[:at]}")
    assert first == "It is ", "nothing of it is shown before it is known"
    assert first + stream.feed(f"{KEY[at:]}, yes") + stream.rest() == f"It is {MASK}, yes"


def test_a_key_in_single_letters_is_masked() -> None:
    assert fed(list(f"a{KEY}b{KEY}{KEY}")) == f"a{MASK}b{MASK}{MASK}"


def test_what_only_begins_like_the_key_comes_out_whole() -> None:
    assert fed(["desk", "-can", "dle s", "k"]) == "desk-candle sk"
    assert fed([f"cut {KEY[:12]}"]) == f"cut {MASK}", "most of a key is a key"


@pytest.mark.parametrize("key", ["", "ollama", "EMPTY"])
def test_dummy_keys_mask_no_words(key: str) -> None:
    assert fed(["ollama is EMPTY"], key) == clean("ollama is EMPTY", key) == "ollama is EMPTY"


def test_a_pair_in_two_pieces_is_one_character_and_a_half_is_a_mark() -> None:
    assert fed(["a\ud83d", "\udc08b"]) == "a\U0001f408b"
    assert fed(["a\ud83d", "b", "\udc08", "c\ud83d"]) == "a\ufffdb\ufffdc\ufffd"
    assert fed(["\ud83d", "", "\udc08"]) == "\U0001f408"


def test_what_no_file_or_database_takes_is_a_mark() -> None:
    assert clean("a\x00b\x1b\ufffec\td\r\n", KEY) == "a\ufffdb\ufffd\ufffdc\td\r\n"


def test_names_are_short_and_without_parts_of_the_key() -> None:
    assert clean_name("m" * 999, KEY) == "m" * MAX_NAME
    assert clean_name(f"gpt-{KEY[:10]}***", KEY) == MASK
    assert clean_name("gpt-4o\ud83d", KEY) == "gpt-4o\ufffd"
