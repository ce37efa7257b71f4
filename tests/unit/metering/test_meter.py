"""What is counted, under which labels, and that a series is never made by what somebody types."""

import socket
import urllib.error
from decimal import Decimal

import pytest

from components.chat.store import AttemptResult
from components.metering import Meter, served
from components.metering.labels import MOST_MODELS
from tests.e2e.browser.running import free_port
from tests.unit.metering.scraping import Figures, scrape, scraped
from tests.unit.spending.making import charge

OK = AttemptResult(
    "ok",
    "A secret answer",
    ms_first=300,
    ms_total=2_000,
    input_tokens=1_000,
    output_tokens=50,
    cost=Decimal("0.0035"),
)
OFFERED = [f"house-model-{n}" for n in range(MOST_MODELS + 50)]


@pytest.fixture
def meter() -> Meter:
    return Meter(lambda endpoint: OFFERED if endpoint == "loop" else ())


def figures(meter: Meter) -> Figures:
    with scraped(meter) as look:
        return look()


def test_an_answer_is_counted_with_its_tokens_its_cost_and_its_times(meter: Meter) -> None:
    for _ in range(2):
        meter.answered(charge(), OK)
    found = figures(meter)
    who = {"kind": "server", "endpoint": "loop", "model": "gpt-4o"}
    assert found("tuwen_answers_total", **who, outcome="ok") == 2
    assert found("tuwen_tokens_total", **who, direction="input") == 2_000
    assert found("tuwen_tokens_total", **who, direction="output") == 100
    assert found("tuwen_cost_usd_total", **who) == pytest.approx(0.007)
    assert found("tuwen_first_letter_seconds_sum", endpoint="loop") == pytest.approx(0.6)
    assert found("tuwen_first_letter_seconds_bucket", le="0.5") == 2
    assert found("tuwen_first_letter_seconds_bucket", le="0.25") == 0
    assert found("tuwen_answer_seconds_sum", kind="server") == pytest.approx(4.0)


def test_an_unknown_cost_is_counted_as_unknown_and_never_as_nothing(meter: Meter) -> None:
    meter.answered(charge(), AttemptResult("interrupted", "So far"))
    meter.answered(charge(), AttemptResult("failed", "", code="refused", cost=Decimal(0)))
    meter.compared(charge(), AttemptResult("stopped", "", attempts=0))
    found = figures(meter)
    assert found("tuwen_cost_unknown_total") == 1
    assert not [s for s in found.samples if s.name == "tuwen_cost_usd_total"]
    assert not [s for s in found.samples if s.name.startswith("tuwen_first_letter_seconds_")]


def test_cells_are_counted_by_their_state_and_spend_like_answers(meter: Meter) -> None:
    meter.compared(charge(), OK)
    meter.compared(charge(), AttemptResult("length", "Cut", input_tokens=10, cost=Decimal(1)))
    meter.compared(charge(), AttemptResult("filtered", ""))
    found = figures(meter)
    assert found("tuwen_cells_total", state="ok") == 2
    assert found("tuwen_cells_total", state="failed") == 1
    assert found("tuwen_answers_total") == 0
    assert found("tuwen_tokens_total", direction="input") == 1_010
    assert found("tuwen_cost_usd_total") == pytest.approx(1.0035)


@pytest.mark.parametrize("kind", ["own", "builtin"])
def test_what_a_person_typed_is_no_label(meter: Meter, kind: str) -> None:
    for model in ("gpt-4o", "canary-model"):
        named = {"endpoint": "own · canary.example", "host": "canary.example"}
        meter.answered(charge(kind=kind, model=model, **named), OK)
    found = figures(meter)
    assert found("tuwen_answers_total", kind=kind, endpoint=kind, model=kind) == 2
    assert "canary" not in found.text


@pytest.mark.parametrize(
    ("model", "shown"),
    [
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("ft:gpt-4o:canary::1", "gpt-4o"),
        ("house-model-7", "house-model-7"),
        ("typed-by-somebody", "other"),
        ("house-model-\ud800", "other"),
    ],
)
def test_a_model_is_one_of_the_catalogue_or_of_the_servers_list(
    meter: Meter, model: str, shown: str
) -> None:
    OFFERED.append("house-model-\ud800")
    meter.answered(charge(model=model), OK)
    OFFERED.pop()
    assert figures(meter).values("model") == {shown}


def test_a_long_list_of_models_makes_no_more_series_than_the_limit(meter: Meter) -> None:
    for model in OFFERED:
        meter.answered(charge(model=model), OK)
    found = figures(meter)
    assert len(found.values("model")) == MOST_MODELS + 1
    assert found("tuwen_answers_total", model="other") == 50
    assert found("tuwen_answers_total") == len(OFFERED)


def test_an_endpoint_that_is_called_like_its_host_does_not_show_it(meter: Meter) -> None:
    meter.answered(charge(endpoint="canary.example:8000", host="canary.example:8000"), OK)
    found = figures(meter)
    assert found.values("endpoint") == {"default"}
    assert "canary" not in found.text


def test_writes_refusals_and_what_is_in_progress_are_there(meter: Meter) -> None:
    meter.watch(answers=lambda: 3, cells=lambda: 8, visits=lambda: 5)
    meter.wrote(0.02, None)
    meter.wrote(30.0, "store_busy")
    meter.refused("usd_day", "everybody")
    found = figures(meter)
    assert found("tuwen_answers_running") == 3
    assert found("tuwen_cells_running") == 8
    assert found("tuwen_visits") == 5
    assert found("tuwen_log_write_seconds_count") == 1
    assert found("tuwen_log_write_seconds_bucket", le="0.025") == 1
    assert found("tuwen_log_write_failures_total", code="store_busy") == 1
    assert found("tuwen_refused_total", limit="usd_day", scope="everybody") == 1
    assert found("process_resident_memory_bytes") > 1e6
    assert found("process_open_fds") > 3
    assert found("process_cpu_seconds_total") > 0


def test_two_meters_have_nothing_in_common(meter: Meter) -> None:
    meter.answered(charge(), OK)
    assert figures(Meter(lambda _: ()))("tuwen_answers_total") == 0


def test_the_port_is_closed_when_the_block_ends(meter: Meter) -> None:
    port = free_port()
    with served(meter.registry, "127.0.0.1", port):
        assert scrape(port).samples
    with pytest.raises(urllib.error.URLError):
        scrape(port)


def test_a_port_that_is_taken_is_a_warning(meter: Meter, caplog: pytest.LogCaptureFixture) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, served(meter.registry, "127.0.0.1", taken.getsockname()[1]):
        pass
    assert "METRICS_PORT" in caplog.text
