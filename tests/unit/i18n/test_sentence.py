"""A sentence says what is known, and does without what isn't."""

import re

import pytest

from components.errors import ProviderError, all_codes
from components.i18n import LANGUAGES, placeholders, texts
from components.i18n.sentence import sentence

HOST = {"host": "api.example.com", "model": "m"}


def test_the_exact_sentence_is_said_when_its_value_is_known() -> None:
    plain = sentence("en", "rate_limit", HOST)
    assert plain[0] == "api.example.com isn't accepting requests right now."
    assert "for 7 s" in sentence("en", "rate_limit", HOST | {"seconds": 7})[0]
    assert "for 10 minutes" in sentence("en", "rate_limit", HOST | {"minutes": "10"})[0]
    assert "10 分钟" in sentence("zh", "rate_limit", HOST | {"minutes": 10})[0]


def test_an_empty_value_is_not_known() -> None:
    assert sentence("en", "no_model", HOST | {"models": ""}) == sentence("en", "no_model", HOST)


def test_an_unknown_code_and_a_missing_value_are_errors() -> None:
    with pytest.raises(KeyError):
        sentence("en", "no_such_code", HOST)
    with pytest.raises(KeyError):
        sentence("en", "rate_limit", {})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_exact_sentence_needs_nothing_but_its_value(lang: str) -> None:
    codes = "|".join(all_codes(ProviderError))
    exact = [
        (key, match[1])
        for key in texts(lang)
        if (match := re.fullmatch(rf"error\.(?:{codes})\.(?:text|next)_(\w+)", key))
    ]
    assert len(exact) > 8
    for key, value in exact:
        assert placeholders(texts(lang)[key]) <= {"host", "model", value}, key
