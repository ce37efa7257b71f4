"""Announced last days, by host."""

from datetime import date

import pytest

from components.models import last_day, retirement

OPENAI, AZURE = "api.openai.com", "mine.openai.azure.com"


@pytest.mark.parametrize(
    ("model", "host", "day", "successors"),
    [
        ("gpt-5", OPENAI, date(2026, 12, 11), ("gpt-6.1-sol",)),
        ("gpt-5", AZURE, date(2027, 2, 6), ()),
        ("gpt-4o", OPENAI, date(2027, 1, 14), ("gpt-6-luna", "gpt-6.1-sol")),
        ("gpt-4o-2024-05-13", OPENAI, date(2026, 10, 23), ("gpt-5.6-sol",)),
        ("openai/gpt-4o-mini", f"{OPENAI}:443", date(2027, 1, 14), ("gpt-6-luna",)),
        ("gpt-4o", AZURE, date(2026, 10, 1), ("gpt-5.1",)),
        ("claude-sonnet-4-5", "api.anthropic.com", date(2026, 11, 30), ("claude-sonnet-5-5",)),
        (
            "gemini-2.5-pro",
            "generativelanguage.googleapis.com",
            date(2026, 12, 1),
            ("gemini-3.8-flash",),
        ),
    ],
)
def test_a_day_holds_for_one_host(
    model: str, host: str, day: date, successors: tuple[str, ...]
) -> None:
    found = retirement(model, host)
    assert found
    assert (found.day, found.successors) == (day, successors)
    assert found.source
    assert last_day(model, host=host) == day


@pytest.mark.parametrize(
    ("model", "host"), [("gpt-5", "127.0.0.1:8000"), ("gpt-6-luna", OPENAI), ("", OPENAI)]
)
def test_nothing_is_known_of_others(model: str, host: str) -> None:
    assert retirement(model, host) is None


def test_the_endpoints_own_word_comes_first() -> None:
    own = {"gpt-5": date(2027, 6, 1)}
    assert last_day("gpt-5", own, OPENAI) == date(2027, 6, 1)
