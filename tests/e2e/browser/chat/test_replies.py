"""What a person sees of odd replies: bills without a word, figures that can't be, echoed keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser.running import KEY, RunningApp
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

# In which language, what the answer says, and what its bill does.
SEEN = {
    "fault-huge-usage": ("en-US", ["All is well."], ["isn't plausible"]),
    "fault-half-pairs": ("en-US", ["a🐈b"], []),
    "fault-key-everywhere": ("en-US", ["[…] is it."], []),
    "fault-only-thought": ("en-US", ["went into the reasoning"], ["100", "50"]),
    "fault-only-thought-length": ("zh-CN", ["思考", "请调高最大输出 token 数"], ["100", "50"]),
    "fault-only-called": ("zh-CN", ["调用工具", "请要求它用文字回答"], []),
}


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    folder = tmp_path_factory.mktemp("replies")
    with RunningApp(folder, endpoint.base_url, models=("gpt-4o", *SEEN)) as running:
        yield running


@pytest.mark.parametrize("model", SEEN)
def test_an_odd_reply_is_told_and_the_conversation_goes_on(
    app: RunningApp, visit: Visit, tmp_path: Path, model: str
) -> None:
    locale, said, billed = SEEN[model]
    person = visit(app, locale=locale).open()
    person.pick_model(model)
    for count in (1, 2):  # the first has ended: a second question is taken
        person.send(f"What is it? {count}")
        expect(person.answers).to_have_count(count, timeout=30_000)
        expect(person.answers.last).to_contain_text(said[0], timeout=30_000)
        person.idle()
        for each in said:
            expect(person.answers.last).to_contain_text(each)
        if billed:
            bill = person.open_bill(person.answers.last)
            for each in billed:
                expect(bill).to_contain_text(each)
            person.page.keyboard.press("Escape")
    person.page.screenshot(path=tmp_path / f"{model}.png", full_page=True)
    assert KEY not in person.page.content()
    expect(person.page.get_by_test_id("stException")).to_have_count(0)
    person.page.reload()
    person.idle()
    expect(person.answers.last).to_contain_text(said[0], timeout=30_000)
