"""Models whose last day is near."""

from datetime import date

import pytest

from components.models import (
    default_order,
    find_model,
    is_leaving,
    is_retired,
    last_day,
    leaving_last,
    offered,
)

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("model", "day"),
    [
        ("claude-sonnet-4-5-20250929", date(2026, 11, 30)),
        ("gemini-2.5-pro", date(2026, 12, 1)),
        ("gemini-2.5-flash", date(2026, 12, 1)),
        ("gpt-5-mini", date(2026, 12, 11)),
        ("gemini-2.5-flash-lite", None),
        ("claude-sonnet-4-6", None),
        ("gpt-6.2-sol", None),
    ],
)
def test_last_days_of_the_catalogue(model: str, day: date | None) -> None:
    assert last_day(model) == day


def test_a_model_leaves_from_sixty_days_before_its_last_day() -> None:
    day = date(2027, 1, 14)
    assert not is_leaving(day, date(2026, 11, 14))
    assert is_leaving(day, date(2026, 11, 15))
    assert is_leaving(day, date(2027, 2, 1)), "and when it is past"
    assert not is_leaving(None, TODAY)
    assert not is_retired(day, day), "it is there on its last day"
    assert is_retired(day, date(2027, 2, 1))


def test_leaving_models_are_offered_last() -> None:
    listed = ["gpt-5-mini", "gpt-4o", "gpt-6-luna", "some-model", "gpt-5.4"]
    assert offered(listed, today=TODAY) == (
        "gpt-6-luna",
        "gpt-5.4",
        "some-model",
        "gpt-5-mini",
        "gpt-4o",
    )
    assert offered(listed, today=date(2026, 9, 1))[:3] == ("gpt-6-luna", "gpt-5.4", "gpt-5-mini")


def test_what_the_endpoint_says_wins_over_the_catalogue() -> None:
    ends = {"gpt-6-luna": date(2026, 12, 24), "gpt-5-mini": date(2028, 1, 1)}
    assert last_day("gpt-6-luna", ends) == date(2026, 12, 24)
    listed = ["gpt-6-luna", "gpt-5-mini", "gpt-5.4"]
    assert offered(listed, ends, TODAY) == ("gpt-5.4", "gpt-5-mini", "gpt-6-luna")
    assert leaving_last(listed, ends, TODAY) == ("gpt-5-mini", "gpt-5.4", "gpt-6-luna")


def test_the_newest_models_are_preferred_and_refuse_no_effort_that_is_offered() -> None:
    assert {"gpt-6.2-sol", "gpt-6.2-astra"} <= set(default_order())
    for name in ("gpt-6.2-sol", "gpt-6.2-astra"):
        model = find_model(name)
        assert (model.context, model.vision, model.known) == (1_050_000, True, True)
        assert not {"none", "minimal"} & set(model.efforts)
    assert "none" not in find_model("gpt-6-astra").efforts
