"""Two processes of the app on one database: a person comes back on the other one."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from components.chat.store import STALE_AFTER
from tests.e2e.browser.compare.test_compare import ask as compare
from tests.e2e.browser.compare.test_compare import choose, picture, put_in
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

MODELS = ("fake-slow", "fake-vision")
Two = tuple[RunningApp, RunningApp]


@pytest.fixture(scope="module")
def two(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("two")
    env = {"DATABASE_URL": f"sqlite:///{folder / 'tuwen.db'}"}
    apps = [
        RunningApp(folder / name, endpoint.base_url, models=MODELS, env=env)
        for name in ("first", "second")
    ]
    with apps[0] as first, apps[1] as second:
        yield first, second


def asked(person: Visitor, model: str, question: str = "Count for me") -> str:
    """Ask, wait for the first words; the conversation's address."""
    person.pick_model(model)
    person.send(question)
    expect(growing(person)).to_contain_text("3 4", timeout=20_000)
    person.page.wait_for_url(re.compile(r"\?.*c="))
    return "/?" + person.page.url.partition("?")[2]


def arrive(person: Visitor, path: str) -> Visitor:
    """Open an address at which an answer is in progress: the page isn't idle before its end."""
    person.page.goto(person.app.url + path)
    return person


def growing(person: Visitor) -> Locator:
    return person.page.get_by_test_id("stChatMessage").last


def test_an_answer_is_seen_to_grow_on_the_other_and_stop_works_there(
    two: Two, visit: Visit
) -> None:
    here = visit(two[0]).open()
    there = arrive(visit(two[1]), asked(here, "fake-slow"))
    expect(growing(there)).to_contain_text("3 4", timeout=20_000)
    now = numbers(growing(there))
    expect(growing(there)).to_contain_text(f" {now + 20} ", timeout=20_000)
    there.key("stop").locator("button").click()
    for person in (there, here):
        expect(person.answers).to_have_count(1, timeout=20_000)
        expect(person.answers.last).to_contain_text("Stopped. The partial answer is saved.")
        assert numbers(person.answers.last) > now


def test_a_question_on_the_other_waits_for_the_end_and_is_not_lost(
    two: Two, visit: Visit, endpoint: Loopback
) -> None:
    here = visit(two[0]).open()
    there = arrive(visit(two[1]), asked(here, "fake-slow"))
    expect(there.key("stop")).to_be_visible(timeout=20_000)
    before = len(endpoint.asked())
    there.send("And now?")
    expect(there.page.get_by_text("This conversation is still being answered.")).to_be_visible()
    expect(there.input).to_have_value("And now?")
    assert len(endpoint.asked()) == before
    there.key("stop").locator("button").click()
    expect(there.answers).to_have_count(1, timeout=20_000)
    there.pick_model("fake-vision")
    expect(there.ask("And now?")).to_contain_text("You asked: And now?")
    expect(there.answers).to_have_count(2)


def test_a_comparison_is_followed_and_stopped_on_the_other(two: Two, visit: Visit) -> None:
    here = visit(two[0]).open("/compare?lang=en")
    put_in(here, 2, picture(1), picture(2))
    choose(here, "fake-vision", "fake-slow")
    compare(here)
    expect(here.key("compare_column-1")).to_contain_text("1 2 3 4", timeout=20_000)
    there = arrive(visit(two[1]), "/compare?" + here.page.url.partition("?")[2])
    column = there.key("compare_column-1")
    expect(column).to_contain_text("1 2 3 4", timeout=20_000)
    now = numbers(column)
    expect(column).to_contain_text(f" {now + 15} ", timeout=20_000)
    there.key("compare_stop-1").get_by_role("button").click()
    for person in (there, here):
        expect(person.key("compare_swap_order")).to_be_visible(timeout=20_000)
        expect(person.key("compare_column-0")).to_contain_text("I see 2 images")
        expect(person.key("compare_column-1")).to_contain_text("stopped")


def test_when_a_process_dies_the_other_has_what_came_and_a_way_to_go_on(
    two: Two, visit: Visit
) -> None:
    here = visit(two[0]).open()
    path = asked(here, "fake-slow")
    there = arrive(visit(two[1]), path)
    expect(growing(there)).to_contain_text("3 4", timeout=20_000)
    two[0].kill()
    killed = time.monotonic()
    expect(there.answers).to_have_count(1, timeout=(STALE_AFTER + 10) * 1000)
    print(f"seen after {time.monotonic() - killed:.1f} s")
    expect(there.answers.last).to_contain_text("3 4")
    expect(there.answers.last).to_contain_text("Interrupted. The partial answer is saved.")
    there.idle()
    there.pick_model("fake-vision")
    there.key("regenerate").locator("button").click()
    expect(there.answers.last).to_contain_text("I see 0 images", timeout=20_000)


def numbers(answer: Locator) -> int:
    """The last number that it has counted to."""
    counted = re.search(r"1 2 3[ \d]*", answer.inner_text())
    return int(counted.group().split()[-1]) if counted else 0
