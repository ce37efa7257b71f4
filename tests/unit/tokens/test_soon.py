"""Long texts: counted in parts that add up, about at once, exact soon."""

import random

import pytest

from components.tokens import count_soon, count_text_tokens
from components.tokens.text import _count, _encoding, _parts, uncounted

SIGNS = (
    "abc \u00e9\u00df \n\n./ \u4e2d\u6587\u3002\uff0c"
    "'s !?\u2026\uff1f 12 {}\"\t\r\n\u0301\u00bd\u2167:;"
)


@pytest.mark.parametrize("encoding", ["o200k_base", "cl100k_base"])
@pytest.mark.parametrize("seed", range(4))
def test_the_counts_of_the_parts_add_up_to_that_of_the_whole(encoding: str, seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choice(SIGNS) for _ in range(4000))
    parts = _parts(text)
    assert len(parts) > 50
    whole = _count(text, _encoding(encoding))
    assert sum(_count(part, _encoding(encoding)) for part in parts) == whole


def words(n: int, seed: int) -> str:
    chance = random.Random(seed)
    letters = "abcdefghijklmnop"
    some = ("".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(n))
    return ". ".join(some)


def test_a_long_text_is_about_at_once_and_exact_soon() -> None:
    text = words(20_000, seed=11)
    about = count_soon(text, "gpt-4o")
    assert about.pending
    exact = about.pending.result(60)
    assert exact == count_text_tokens(text, "gpt-4o")
    assert about.tokens == pytest.approx(exact, rel=0.2)
    assert count_soon(text, "gpt-4o").exact


def test_after_a_key_only_what_changed_is_counted() -> None:
    text = words(10_000, seed=12)
    count_text_tokens(text, "gpt-4o")
    changed = text[:30_000] + "X" + text[30_000:] + " more"
    assert 0 < uncounted(changed, "gpt-4o") < 100
    assert count_soon(changed, "gpt-4o").exact


def test_a_short_text_is_exact_at_once() -> None:
    assert count_soon("two dogs", "gpt-4o").tokens == 2
    assert count_soon("", "gpt-4o").tokens == 0
