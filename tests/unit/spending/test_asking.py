"""Questions and comparisons under limits, asked of a real server through the real runner."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest

from components.chat.running.answers import Answers, ChatError
from components.chat.running.job import Job
from components.chat.store import new_id
from components.chat.turn import ask
from components.compare.running.run_manager import Runs
from components.providers.base import Parameters, VisionClient
from components.providers.endpoints import BUILTIN, Endpoint
from components.providers.registry import client_for
from components.runner.endpoint_limiter import EndpointLimiters
from components.runner.runner import Runner
from components.spending import Budget, SpendingError
from components.spending.budget import NO_LIMITS
from components.spending.errors import QuotaError
from components.spending.store import Rules
from db.store import Store
from tests.support.databases import Raw
from tests.support.loopback import Loopback, answer, error
from tests.support.waiting import until
from tests.unit.chat.questions import ended, question
from tests.unit.compare.comparing import ImageAnalyzer
from tests.unit.compare.making import draft, watched
from tests.unit.compare.making import ended as compared
from tests.unit.db.make import url_of
from tests.unit.spending.making import CENT, charge, everybody, person

Put = Callable[..., Job]


class Asker:
    """Asks as the chat page does, under these limits."""

    def __init__(self, store: Store, loopback: Loopback, rules: Rules, quota: int | None) -> None:
        self.store = store
        self.budget = Budget(store.usage, rules, quota)
        self.runner = Runner(budget=self.budget)
        self.answers = Answers(self.runner, store.conversations)
        self.endpoint = Endpoint("loop", base_url=loopback.base_url)
        self.clients: dict[Endpoint, VisionClient] = {}

    def ask(self, text: str = "What?", owner: str = "me", **other: Any) -> Job:
        endpoint = other.pop("endpoint", self.endpoint)
        conversation = other.pop("conversation_id", None) or new_id()
        asked = question(text, endpoint=endpoint, **other)
        return ask(
            self.answers,
            self.store.conversations,
            owner,
            asked,
            lambda: self.client(endpoint),
            conversation,
            None,
        )

    def client(self, endpoint: Endpoint) -> VisionClient:
        return self.clients.setdefault(endpoint, client_for(endpoint))

    def events(self) -> list[tuple[str, str, str | None]]:
        """Kind, state and settled cost of each request, by kind."""
        rows = Raw(url_of(self.store)).run(
            "SELECT kind, state, cost FROM usage_events ORDER BY kind"
        )
        return [(str(kind), str(state), cost and str(cost)) for kind, state, cost in rows]

    def spent(self, owner: str = "me") -> Decimal:
        return self.store.usage.used(owner, person(usd_day=CENT))["person"].usd_day

    def close(self) -> None:
        self.runner.close(self.clients.values())


@pytest.fixture
def asker(store: Store, loopback: Loopback, clock: object) -> Iterator[Callable[..., Asker]]:
    with ExitStack() as made:

        def make(rules: Rules = NO_LIMITS, quota: int | None = None) -> Asker:
            each = Asker(store, loopback, rules, quota)
            made.callback(each.close)
            return each

        yield make


Make = Callable[..., Asker]


def test_an_answer_is_settled_at_what_the_endpoint_billed(asker: Make, loopback: Loopback) -> None:
    here = asker(person(usd_day=Decimal(1)))
    loopback.enqueue(answer("A cat.", model="gpt-4o", tokens=(1000, 100)))
    job = ended(here.ask())
    assert job.result
    assert here.spent() == job.result.cost == Decimal("0.0035")
    (row,) = here.store.usage.rows("me", job_day(here))
    assert (row.requests, row.input_tokens, row.output_tokens) == (1, 1000, 100)


def job_day(here: Asker) -> Any:
    return here.store.clock().replace(hour=0)


def test_nothing_is_sent_once_the_limit_is_reached(asker: Make, loopback: Loopback) -> None:
    here = asker(person(requests_minute=2))
    for _ in range(2):
        loopback.enqueue(answer("Yes."))
        ended(here.ask())
    with pytest.raises(SpendingError):
        here.ask()
    assert len(loopback.asked()) == 2
    assert here.store.history.count("me") == 2, "a question that wasn't sent is no conversation"


def test_a_refused_question_can_be_asked_again_in_the_same_conversation(
    asker: Make, loopback: Loopback, clock: Any
) -> None:
    here = asker(person(requests_minute=1))
    loopback.enqueue(answer("Yes."))
    ended(here.ask(conversation_id="c"))
    with pytest.raises(SpendingError):
        here.ask(conversation_id="c")
    clock.pass_(60)
    loopback.enqueue(answer("Again."))
    assert ended(here.ask(conversation_id="c")).text == "Again."


def test_money_is_reserved_while_an_answer_runs(asker: Make, loopback: Loopback) -> None:
    # 1 million output tokens at most: 10 USD of gpt-4o.
    here = asker(person(usd_day=Decimal(12)))
    dear = Parameters(max_tokens=1_000_000)
    loopback.enqueue(answer("Slowly.", model="gpt-4o", pause=1.0))
    job = here.ask(parameters=dear)
    assert Decimal(10) < here.spent() < Decimal("10.1")
    with pytest.raises(SpendingError, match="spending_usd_day"):
        here.ask(parameters=dear)
    ended(job)
    assert here.spent() < CENT
    loopback.enqueue(answer("Fast.", model="gpt-4o"))
    ended(here.ask(parameters=dear))


def test_a_double_click_reserves_once(asker: Make, loopback: Loopback) -> None:
    here = asker(person(requests_minute=5))
    loopback.enqueue(answer("Slowly.", pause=0.5))
    job = here.ask(conversation_id="c")
    with pytest.raises(ChatError, match="already_running"):
        here.ask(conversation_id="c")
    ended(job)
    assert len(here.events()) == 1


def test_tries_of_one_question_are_one_request(asker: Make, loopback: Loopback) -> None:
    here = asker(person(requests_minute=1))
    loopback.enqueue(error(500), answer("At last."))
    job = ended(here.ask())
    assert (job.text, job.attempts) == ("At last.", 2)
    assert len(here.events()) == 1


def test_what_the_endpoint_refuses_costs_nothing_but_counts(
    asker: Make, loopback: Loopback
) -> None:
    here = asker(person(requests_minute=5, usd_day=Decimal(1)))
    loopback.enqueue(error(401))
    ended(here.ask())
    assert here.spent() == 0
    assert here.events() == [("server", "settled", "0")]


def test_what_never_left_is_released(asker: Make) -> None:
    here = asker(person(requests_minute=1))
    nobody = Endpoint("nobody", base_url="http://127.0.0.1:9/v1")
    ended(here.ask(endpoint=nobody), 40)
    assert here.events() == [("server", "released", None)]


def test_a_stopped_answer_is_settled_at_what_came(asker: Make, loopback: Loopback) -> None:
    here = asker(person(usd_day=Decimal(1)))
    loopback.enqueue(answer(*["word "] * 40, model="gpt-4o", pause=0.2))
    job = here.ask(conversation_id="c")
    until(lambda: job.text)
    here.answers.stop("me", "c")
    ended(job)
    ((_, state, cost),) = here.events()
    assert state == "settled"
    assert job.result
    assert cost == str(job.result.cost)


def test_typed_endpoints_and_the_reader_spend_nothing_of_the_servers(
    asker: Make, loopback: Loopback
) -> None:
    here = asker(person(usd_day=Decimal(0), images_day=0))
    loopback.enqueue(answer("Mine.", model="gpt-4o"))
    ended(here.ask(endpoint=Endpoint("own", base_url=loopback.base_url, own=True)))
    ended(here.ask(endpoint=BUILTIN, model="builtin-reader", images=(draft(),)), 60)
    assert [(kind, state) for kind, state, _ in here.events()] == [
        ("builtin", "settled"),
        ("own", "settled"),
    ]
    assert here.spent() == 0
    with pytest.raises(SpendingError):
        here.ask()


def test_images_that_do_not_fit_on_disk_are_refused_before_anything_is_sent(
    asker: Make, loopback: Loopback
) -> None:
    here = asker(quota=10)
    with pytest.raises(QuotaError):
        here.ask(images=(draft(width=400, height=300),), text="?")
    assert loopback.asked() == []
    assert here.events() == []


def test_a_comparison_that_does_not_fit_is_not_begun(asker: Make, loopback: Loopback) -> None:
    here = asker(everybody(images_day=3))
    analyzer = compare(here)
    with pytest.raises(SpendingError, match="spending_all_images_day"):
        analyzer.start("gpt-4o", "gpt-4o", images=2)
    assert loopback.asked() == []
    assert here.store.comparisons.count("me") == 0
    compared(analyzer.start("gpt-4o", images=3))
    assert len(here.events()) == 3
    analyzer.close()


def test_a_comparison_waits_where_only_the_minute_is_full(
    store: Store, loopback: Loopback, asker: Make, clock: Any
) -> None:
    here = asker(person(requests_minute=2))
    analyzer = compare(here)
    run = analyzer.start("fake-vision", images=3)
    until(lambda: len(loopback.asked()) >= 2)
    assert len(loopback.asked()) == 2
    clock.pass_(60)
    now = compared(run)
    assert [cell.state for cell in now.cells] == ["ok"] * 3
    assert {state for _, state, _ in here.events()} == {"settled"}
    analyzer.close()


def test_a_cell_that_finds_no_room_any_more_fails_with_a_sentence_and_costs_nothing(
    asker: Make, loopback: Loopback
) -> None:
    rules = person(images_day=3)
    here = asker(rules)
    analyzer = compare(here, at_once=1)
    loopback.enqueue(answer("One.", pause=1.0))
    run = analyzer.start("fake-vision", images=3)
    watched(run, lambda now: now.cells[0].state == "running")
    # Somebody else of this name asks meanwhile.
    assert here.store.usage.reserve("me", "elsewhere", charge(), rules) is None
    cells = compared(run).cells
    assert [cell.state for cell in cells] == ["ok", "ok", "failed"]
    failed = cells[2].result
    assert failed
    assert (failed.code, failed.cost, failed.attempts) == ("spending_images_day", 0, 0)
    assert len(loopback.asked()) == 2
    analyzer.close()


def test_cells_stopped_while_they_wait_leave_nothing_reserved(
    asker: Make, loopback: Loopback
) -> None:
    here = asker(person(requests_minute=1))
    analyzer = compare(here)
    loopback.enqueue(answer("One.", pause=0.2))
    run = analyzer.start("fake-vision", images=3)
    until(loopback.asked)
    analyzer.runs.stop("me", run.id)
    compared(run)
    assert "reserved" not in {state for _, state, _ in here.events()}
    analyzer.close()


def compare(here: Asker, at_once: int = 4) -> ImageAnalyzer:
    runs = Runs(
        here.runner,
        here.store.comparisons,
        here.store.conversations.image,
        limiters=EndpointLimiters(at_once),
    )
    return ImageAnalyzer(here.store, here.runner, runs, here.endpoint)
