"""What a person sees when an endpoint fails: a sentence, a next step, and nothing lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser.running import KEY, RunningApp
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import answer, error
from tests.support.loopback.server import Loopback

REFUSED = {
    "fault-auth": ("zh-CN", "拒绝了这个密钥。", "请在服务器设置里检查该接口的密钥。"),
    "fault-429-for-600-s": ("zh-CN", "在 10 分钟内不再接收请求。", "请到时再发送"),
    "fault-refused-image": ("en-US", "rejected the image “wide.png”.", "Send PNG, JPEG, WebP"),
    "fault-no-model": ("en-US", "doesn't have the model", "fake-vision"),
    "fault-redirect": ("en-US", "redirects to", "Enter the final address"),
    "fault-502-page": (
        "en-US",
        "has a problem right now (HTTP 502).",
        "Try again in a few minutes",
    ),
    "fault-login-page": ("en-US", "sent a web page instead of an answer.", "Check the base URL"),
}
BROKEN = {
    "fault-stall": "stopped sending for 2.0 s during",
    "fault-error-event": "reported an error during the answer",
}
MODELS = ("gpt-4o", *REFUSED, *BROKEN)


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    """The app with an endpoint that fails, and loses its patience after 2 s."""
    folder = tmp_path_factory.mktemp("faults")
    settings = "first_token_timeout = 2"
    with RunningApp(folder, endpoint.base_url, models=MODELS, settings=settings) as running:
        yield running


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_refused_questions_and_their_image_come_back(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path], locale: str
) -> None:
    person = visit(app, locale=locale).open()
    person.drop_in(pictures[0])
    person.input.fill("What is it?")
    for model, (_, what, then) in REFUSED.items():
        if REFUSED[model][0] != locale:
            continue
        person.pick_model(model)
        person.input.press("Enter")
        refused = person.answers.filter(has_text=what).last
        expect(refused, model).to_contain_text(then)
        expect(person.input, model).to_have_value("What is it?")
        expect(person.cards, model).to_have_count(1)
        assert KEY not in person.page.content(), model


@pytest.mark.parametrize("model", BROKEN)
def test_an_answer_that_breaks_off_is_kept_as_far_as_it_came(
    app: RunningApp, endpoint: Loopback, visit: Visit, model: str
) -> None:
    person = visit(app).open()
    person.pick_model(model)
    before = len(endpoint.asked())
    broken = person.ask("Tell me")
    expect(broken).to_contain_text("half an answer")
    expect(broken).to_contain_text(BROKEN[model])
    expect(broken).to_contain_text("The partial answer is saved")
    expect(person.input).to_have_value("")
    assert len(endpoint.asked()) == before + 1, "it is not sent again by itself"
    if model == "fault-error-event":
        broken.get_by_text("Error details from the provider").click()
        expect(broken.get_by_text("GPU fell off")).to_be_visible()


def test_a_pause_is_counted_down_and_the_answer_comes_by_itself(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(error(429, {"Retry-After": "7"}, message="Slow down"))
    endpoint.enqueue(answer("All is ", "well.", model="gpt-4o"))
    person.send("Now?")
    pause = person.page.get_by_text(
        re.compile(r"isn't accepting requests .* Retrying in \d s \(2 of 3\)")
    )
    expect(pause).to_be_visible()
    expect(person.answers.last).to_contain_text("All is well.", timeout=20_000)
    expect(person.open_bill(person.answers.last)).to_contain_text("2 attempts")
    expect(pause).to_have_count(0)


def test_a_pause_can_be_stopped_and_the_question_comes_back(
    app: RunningApp, endpoint: Loopback, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    person.drop_in(pictures[1])
    before = len(endpoint.asked())
    endpoint.enqueue(error(429, {"Retry-After": "90"}, message="Slow down"))
    person.send("Later?")
    expect(person.page.get_by_text(re.compile(r"Retrying in 8\d s \(2 of 3\)"))).to_be_visible()
    person.key("stop").locator("button").click()
    expect(person.answers.last).to_contain_text("Stopped before the first token.")
    expect(person.input).to_have_value("Later?")
    expect(person.cards).to_have_count(1)
    assert len(endpoint.asked()) == before + 1
