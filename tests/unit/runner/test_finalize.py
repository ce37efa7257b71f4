"""What an answer did cost."""

from decimal import Decimal

import pytest

from components.errors import ProviderError
from components.pricing import price_of, to_data
from components.providers.base import Finish, Opened, Usage
from components.runner.cell import RunningCell
from components.runner.finalize import Ending, settle

PRICE = price_of("gpt-4o")  # 2.50 in, 1.25 cached, 10 out


def ending(
    text: str = "Two dogs",
    finish: Finish | None = None,
    error: ProviderError | None = None,
    estimated_input: int | None = 100,
    **changes: object,
) -> Ending:
    """Of a cell that was sent at 100.0 and said its first word 300 ms later; changes: of it."""
    cell = RunningCell("c", "gpt-4o", prices=to_data(PRICE), attempts=1, sent=100.0, first=100.3)
    for name, value in changes.items():
        setattr(cell, name, value)
    return Ending(cell, text, estimated_input, 900, finish, error)


def done(
    reason: str | None = "stop", usage: Usage | None = None, model: str | None = "gpt-4o"
) -> Finish:
    return Finish(reason, usage, model, "req-1")


def failed(code: str, **more: object) -> ProviderError:
    return ProviderError(code, **({"host": "h", "model": "gpt-4o"} | more))  # type: ignore[arg-type]


def test_the_endpoints_own_figures_are_the_bill() -> None:
    usage = Usage(input=1000, output=50, cached=400, reasoning=20)
    result = settle(ending(finish=done(usage=usage)))
    assert (result.outcome, result.usage_source) == ("ok", "reported")
    assert (result.input_tokens, result.cached_tokens) == (1000, 400)
    assert (result.output_tokens, result.reasoning_tokens) == (50, 20)
    # 600 x 2.50 + 400 x 1.25 + 50 x 10, per million
    assert result.cost == Decimal("0.0025")
    assert (result.finish_reason, result.request_id) == ("stop", "req-1")
    assert (result.ms_first, result.ms_total) == (300, 900)


def test_what_was_written_to_the_cache_is_in_the_bill() -> None:
    usage = Usage(input=1892, output=0, written=1889, images=1105)
    result = settle(
        ending(
            model="gpt-6-astra",
            prices=to_data(price_of("gpt-6-astra")),
            finish=done(usage=usage, model="gpt-6-astra"),
        )
    )
    assert (result.cache_write_tokens, result.image_tokens) == (1889, 1105)
    assert result.cost == Decimal("0.0236425")


def test_without_figures_the_estimate_stands_in_and_says_so() -> None:
    result = settle(ending("one two three four", finish=done()))
    assert result.usage_source == "estimated"
    assert (result.input_tokens, result.output_tokens) == (100, 4)
    assert result.cost == (100 * Decimal("2.5") + 4 * 10) / 1_000_000


def test_without_figures_and_estimate_nothing_is_made_up() -> None:
    result = settle(ending(finish=done(), estimated_input=None))
    assert (result.usage_source, result.input_tokens, result.cost) == ("none", None, None)


def test_without_a_price_there_are_tokens_but_no_cost() -> None:
    model = "somebodys-model"
    finish = done(usage=Usage(10, 5), model=model)
    result = settle(ending(finish=finish, prices={}, model=model))
    assert (result.input_tokens, result.output_tokens, result.cost) == (10, 5, None)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"finish": done("stop")}, "ok"),
        ({"finish": done("tool_calls")}, "ok"),
        ({"finish": done("length")}, "length"),
        ({"finish": done("content_filter")}, "filtered"),
        ({"finish": done("truncated")}, "truncated"),
        ({"finish": done("refusal")}, "ok"),
        ({"finish": done(None)}, "interrupted"),
        ({"error": failed("filtered", status=400), "text": ""}, "filtered"),
        ({"stopped": True}, "stopped"),
        ({}, "interrupted"),
        ({"error": failed("conn")}, "interrupted"),
        ({"error": failed("conn"), "text": ""}, "failed"),
        ({"error": failed("conn"), "text": "", "stopped": True}, "failed"),
        ({"stopped": True, "text": ""}, "stopped"),
        # the last word came before the Stop did
        ({"finish": done("stop"), "stopped": True}, "ok"),
    ],
)
def test_how_it_ended_is_told(changes: dict[str, object], outcome: str) -> None:
    assert settle(ending(**changes)).outcome == outcome  # type: ignore[arg-type]


def test_a_stopped_answer_is_priced_by_what_came() -> None:
    result = settle(ending("one two", stopped=True))
    assert (result.usage_source, result.output_tokens) == ("estimated", 2)
    assert result.cost is not None
    assert result.text == "one two"


def test_a_stop_before_the_first_word_has_no_known_cost() -> None:
    result = settle(ending("", stopped=True, first=None))
    assert (result.usage_source, result.cost) == ("none", None)


@pytest.mark.parametrize(
    "error",
    [failed("auth", status=401), failed("rate_limit", status=429), failed("upstream", status=500),
     failed("refused"), failed("dns"), failed("tls"), failed("needs_upload", name="a"),
     failed("reader_failed")],
    ids=lambda error: error.code,
)  # fmt: skip
def test_a_request_that_was_refused_or_never_arrived_is_free(error: ProviderError) -> None:
    result = settle(ending("", error=error))
    assert (result.outcome, result.cost) == ("failed", Decimal(0))


@pytest.mark.parametrize("code", ["timeout", "interrupted", "stall", "deadline", "empty"])
def test_a_request_that_was_lost_on_the_way_may_have_been_billed(code: str) -> None:
    assert settle(ending("", error=failed(code))).cost is None


def test_an_error_is_kept_with_its_values_and_the_endpoints_words() -> None:
    error = failed("rate_limit", status=429, detail="Slow down", seconds=20)
    result = settle(ending("", error=error))
    assert (result.code, result.status) == ("rate_limit", 429)
    assert result.error_data == {
        "host": "h",
        "model": "gpt-4o",
        "seconds": "20",
        "detail": "Slow down",
    }


def test_another_model_that_answered_is_billed_by_its_own_price() -> None:
    usage = Usage(input=1_000_000, output=0)
    result = settle(ending(finish=done(usage=usage, model="gpt-4o-mini-2024-07-18")))
    assert result.model_answered == "gpt-4o-mini-2024-07-18"
    assert result.cost == Decimal("0.15")


def test_a_snapshot_of_the_model_asked_keeps_the_price_shown_before() -> None:
    usage = Usage(input=1_000_000, output=0)
    result = settle(ending(finish=done(usage=usage, model="gpt-4o-2024-08-06")))
    assert result.cost == Decimal("2.5")


def test_an_unknown_name_in_the_answer_keeps_the_price_of_the_model_asked() -> None:
    usage = Usage(input=1_000_000, output=0)
    result = settle(ending(finish=done(usage=usage, model="my-deployment")))
    assert result.cost == Decimal("2.5")


def test_what_was_left_out_is_kept() -> None:
    assert settle(ending(finish=done(), left_out=["temperature"])).left_out == ("temperature",)


def test_a_good_answer_keeps_the_head_of_its_response() -> None:
    result = settle(ending(finish=done(), opened=Opened(200, "req-2", True), attempts=2))
    assert (result.status, result.request_id) == (200, "req-2")
    assert (result.streamed, result.attempts) == (True, 2)
    whole = settle(ending(finish=done(), opened=Opened(200, None, False)))
    assert (whole.streamed, whole.request_id) == (False, "req-1")


def test_an_answer_that_was_stopped_keeps_the_head_too() -> None:
    result = settle(ending("", stopped=True, opened=Opened(200, "req-2", True)))
    assert (result.status, result.request_id, result.streamed) == (200, "req-2", None)


def test_a_stream_that_ended_without_saying_so_has_a_code_and_its_values() -> None:
    result = settle(ending(finish=done(None), host="h"))
    assert result.code == "interrupted"
    assert result.error_data == {"host": "h", "model": "gpt-4o", "detail": ""}
