"""How fast a scenario can be run."""

from fractions import Fraction

import pytest

from components.pricing.whatif import Row, Scenario, rates, work_out

# GPT-4 at its start: 40,000 tokens and 200 requests a minute.
TPM, RPM = 40_000, 200


def test_tokens_bind_for_images_in_high_detail() -> None:
    pace = rates(work_out(Scenario("gpt-4-turbo", (Row(1024, 1024, 2),))), TPM, RPM)
    assert pace
    assert pace.tokens_per_request == 2 * 765 + 27 + 300
    assert pace.binds == "tokens"
    assert pace.requests == Fraction(TPM, 1857)
    assert pace.images == 2 * pace.requests
    assert pace.every * pace.requests == 60


def test_requests_bind_for_small_ones() -> None:
    pace = rates(work_out(Scenario("gpt-4-turbo", detail="low", answer=20)), TPM, RPM)
    assert pace
    assert pace.binds == "requests"
    assert pace.requests == pace.images == 200
    assert pace.every == Fraction(3, 10)


def test_less_than_one_a_minute_is_one_every_so_many_seconds() -> None:
    pace = rates(work_out(Scenario("gpt-4-turbo", (), prompt=79_993, answer=0)), TPM, RPM)
    assert pace
    assert (pace.requests, pace.every) == (Fraction(1, 2), Fraction(120))
    assert not pace.fits


def test_a_conversation_counts_by_its_mean_request() -> None:
    figures = work_out(Scenario("gpt-4-turbo", turns=3))
    pace = rates(figures, TPM, RPM)
    assert pace
    spent = sum(turn.images + turn.text + turn.output for turn in figures.turns)
    assert pace.tokens_per_request == Fraction(spent, 3)
    assert pace.fits


def test_an_unknown_figure_gives_no_pace() -> None:
    assert rates(work_out(Scenario("nobody-knows")), TPM, RPM) is None


@pytest.mark.parametrize("limits", [(0, 1), (1, 0), (-5, 1)])
def test_a_limit_of_nothing_is_refused(limits: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        rates(work_out(Scenario("gpt-4o")), *limits)
