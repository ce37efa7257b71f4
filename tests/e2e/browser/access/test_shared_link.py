"""A shared link in a real browser: without signing in, without JavaScript, closed at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser.access.signing_in import sign_in, team_app
from tests.e2e.browser.chat.test_chat import say
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback


@pytest.fixture
def team(tmp_path: Path, endpoint: Loopback) -> Iterator[RunningApp]:
    with team_app(tmp_path / "team", endpoint.base_url) as app:
        yield app


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Somebody who has signed in nowhere and runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def shared(person: Visitor) -> str:
    person.key("share").locator("button").first.click()
    person.key("share_make").locator("button").click()
    link = person.key("share_link").locator("code")
    expect(link).to_be_visible()
    return link.inner_text()


def test_a_customer_sees_the_pictures_and_the_answer_until_the_link_is_withdrawn(
    team: RunningApp,
    visit: Visit,
    stranger: Page,
    endpoint: Loopback,
    pictures: tuple[Path, Path],
) -> None:
    person = sign_in(visit(team).open(), "bob")
    person.pick_model("gpt-4o")
    person.drop_in(*pictures)
    endpoint.enqueue(say("Two **circles** ![x](https://evil.example/x.png)"))
    person.ask("What do you see?")
    link = shared(person)
    asked: list[str] = []
    stranger.on("request", lambda request: asked.append(request.url))
    answer = stranger.goto(link)
    assert answer
    assert answer.status == 200
    assert "noindex" in (answer.all_headers()["x-robots-tag"])
    expect(stranger.get_by_text("What do you see?").last).to_be_visible()
    expect(stranger.locator("strong")).to_have_text("circles")
    expect(stranger.get_by_text("只读页面")).to_be_visible()
    expect(stranger.locator("img")).to_have_count(2)
    own = (f"{team.url}/shared", f"{team.url}/static/media/Source")
    assert all(url.startswith(own) for url in asked)
    # nothing of the app leads on from here
    assert [a.get_attribute("href") for a in stranger.locator("a").all()] == [
        f"?{link.partition('?')[2]}&lang=en"
    ]
    stranger.get_by_role("link", name="English").click()
    expect(stranger.get_by_text("Read-only.")).to_be_visible()
    person.key("share_revoke").locator("button").first.click()
    expect(person.key("share_revoke")).to_have_count(0)
    gone = stranger.reload()
    assert gone
    assert gone.status == 404
    expect(stranger.get_by_role("heading")).to_have_text("This link doesn't work")


def test_a_link_is_copied_as_it_is_made_and_shown_no_more(
    keyless: RunningApp, visit: Visit
) -> None:
    person = visit(keyless).open()
    person.ask("How large is it?")
    person.key("share").locator("button").first.click()
    expect(person.key("share_reach")).to_contain_text("Nobody else can open this link")
    person.page.keyboard.press("Escape")
    person.idle()
    link = shared(person)
    read = "async (link) => await navigator.clipboard.readText() === link"
    person.page.wait_for_function(read, arg=link)
    person.page.evaluate("navigator.clipboard.writeText('other')")
    person.key("share_copy").get_by_role("button").click()
    expect(person.page.locator(".tuwen-toast")).to_have_text("Copied")
    assert person.page.evaluate("navigator.clipboard.readText()") == link
    person.page.keyboard.press("Escape")
    expect(person.key("share_link")).to_have_count(0)
    person.idle()
    person.key("share").locator("button").first.click()
    expect(person.key("share_revoke")).to_have_count(1)
    expect(person.key("share_link")).to_have_count(0)
    person.page.keyboard.press("Escape")
    expect(person.page.get_by_text("1 active link shows this, too.")).to_be_visible()
