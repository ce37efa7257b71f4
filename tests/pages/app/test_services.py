"""What the process shares: model lists, clients, a start anew."""

import math
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from components import services
from components.providers.endpoints import Endpoint
from components.services.model_lists import Listing
from tests.support.loopback.reply import Reply, Wait, error, whole
from tests.support.loopback.server import Loopback


@pytest.fixture
def target(loopback: Loopback) -> Endpoint:
    return Endpoint(name="loop", base_url=loopback.base_url)


def listing(*models: str, after: float = 0.0) -> Reply:
    data = whole({"data": [{"id": model} for model in models]})
    return replace(data, before=[Wait(after)]) if after else data


def settled(found: Listing) -> None:
    pause = threading.Event()
    for _ in range(500):
        if not found.asking:
            return
        pause.wait(0.01)
    raise AssertionError("the endpoint is still being asked")


def test_configured_models_are_taken_without_asking(loopback: Loopback, target: Endpoint) -> None:
    fixed = replace(target, models=("b", "a"))
    assert services.app().models_of(fixed).models == ("b", "a")
    assert loopback.history == []


def test_a_list_is_asked_for_once_by_many(loopback: Loopback, target: Endpoint) -> None:
    loopback.enqueue(listing("a", "b", after=0.1))
    found: list[tuple[str, ...]] = []
    askers = [
        threading.Thread(target=lambda: found.append(services.app().models_of(target, 10).models))
        for _ in range(8)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join(20)
    assert found == [("a", "b")] * 8
    assert len(loopback.asked("/v1/models")) == 1


def test_who_does_not_wait_gets_what_is_known_so_far(loopback: Loopback, target: Endpoint) -> None:
    loopback.enqueue(listing("a", after=0.3))
    found = services.app().models_of(target, wait=0)
    assert (found.models, found.error) == ((), None)
    settled(found)
    assert services.app().models_of(target, wait=0).models == ("a",)


def test_while_it_is_asked_anew_what_is_known_stays(loopback: Loopback, target: Endpoint) -> None:
    loopback.enqueue(listing("a"), listing("a", "b", after=0.3))
    found = services.app().models_of(target, wait=10)
    settled(found)
    found.at = -math.inf  # as if it had been long ago
    again = services.app().models_of(target, wait=60)
    assert (again.models, again.asking) == (("a",), True)
    settled(again)
    assert services.app().models_of(target).models == ("a", "b")


def test_a_failure_keeps_the_models_and_says_why(loopback: Loopback, target: Endpoint) -> None:
    loopback.enqueue(listing("a"), *[error(401, message="no")] * 3)
    found = services.app().models_of(target, wait=10)
    settled(found)
    found.at = -math.inf
    settled(services.app().models_of(target))
    assert found.models == ("a",)
    assert found.error is not None
    assert found.error.code == "auth"
    # and a good list takes the reason away
    found.at = -math.inf
    loopback._queue.clear()
    settled(services.app().models_of(target))
    assert found.error is None


def test_one_endpoint_has_one_client(target: Endpoint) -> None:
    assert services.app().client(target) is services.app().client(target)
    assert services.app().client(replace(target, name="other")) is not services.app().client(target)


def test_a_start_anew_forgets_all_of_it(tmp_path: Path, target: Endpoint) -> None:
    before = (
        services.app().runner(),
        services.app().store(),
        services.app().client(target),
        services.app().settings(),
    )
    services.begin()
    after = (
        services.app().runner(),
        services.app().store(),
        services.app().client(target),
        services.app().settings(),
    )
    assert all(one is not other for one, other in zip(before, after, strict=True))


def test_a_start_opens_the_store_and_asks_for_the_models(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", loopback.base_url)
    services.app().start()
    (target,) = services.app().settings().endpoints
    settled(services.app().models_of(target, wait=10))
    assert len(loopback.asked("/v1/models")) == 1
    assert services.app().store().history.count("local") == 0
