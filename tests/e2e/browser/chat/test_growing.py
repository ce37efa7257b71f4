"""A question stands at once, and its answer grows by the stream; without one, by the script."""

from playwright.sync_api import Page, expect

from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

STREAM = "/tuwen/answers"
WORDS = tuple(f"word{n} " for n in range(60))
FIRST, LAST = "word0", WORDS[-1].strip()


def joined(page: Page) -> list[str]:
    """What the page asks of the stream, from now on."""
    found: list[str] = []
    page.on("request", lambda asked: STREAM in asked.url and found.append(asked.post_data or ""))
    return found


def test_an_answer_grows_by_the_stream_in_every_tab(
    app: RunningApp, visit: Visit, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("**Bold**\n\n", *(10 * WORDS), pause=0.15))  # until it is stopped
    one = visit(app).open()
    asked = joined(one.page)
    one.input.fill("What grows\nhere?")
    one.page.evaluate(
        """() => addEventListener("keydown", () => requestAnimationFrame(() => {
          window.stands = document.querySelector(".tuwen-ghost .bubble")?.textContent;
          window.stops = document.querySelector(".tuwen-stop")?.checkVisibility();
        }), { once: true, capture: true })"""
    )
    one.input.press("Enter")
    live = one.page.locator(".tuwen-growing[data-live]")
    expect(live.locator("strong")).to_have_text("Bold")
    expect(live).to_contain_text(FIRST)
    assert one.page.evaluate("window.stands") == "What grows\nhere?"
    assert one.page.evaluate("window.stops") is True
    expect(one.page.locator(".tuwen-stop")).to_have_count(0)
    expect(one.page.locator(".tuwen-ghost")).to_have_count(0)
    expect(one.page.get_by_test_id("stChatMessage")).to_have_count(2)
    expect(one.key("grown")).to_be_hidden()
    assert len(asked) == 1
    assert '"after"' in asked[0]

    two = Visitor(one.page.context.new_page(), app)
    two.page.goto(one.page.url)
    expect(two.page.locator(".tuwen-growing[data-live]")).to_contain_text(FIRST, timeout=20_000)
    two.page.close()
    one.page.reload()
    expect(live).to_contain_text(FIRST, timeout=20_000)
    one.key("stop").get_by_role("button").click()
    expect(one.answers).to_contain_text(FIRST, timeout=30_000)
    expect(one.answers).to_have_count(1)
    expect(live).to_have_count(0)
    one.idle()


def test_stop_can_be_pressed_before_the_server_has_drawn_it(
    app: RunningApp, visit: Visit, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer(*(50 * WORDS), pause=0.15))
    one = visit(app).open()
    one.page.evaluate(
        """() => addEventListener("keydown", () => requestAnimationFrame(() => {
          document.querySelector(".tuwen-stop").click();
        }), { once: true, capture: true })"""
    )
    one.send("What grows?")
    expect(one.answers).to_contain_text("Stopped", timeout=20_000)
    expect(one.page.locator(".tuwen-stop")).to_have_count(0)
    expect(one.input).to_be_focused()


def test_where_no_stream_comes_through_the_script_writes(
    app: RunningApp, visit: Visit, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("# Title\n\n", *WORDS, pause=0.1))
    one = visit(app).open()
    one.page.route(f"**{STREAM}", lambda route: route.abort())
    one.input.fill("What grows?")
    one.input.press("Enter")
    expect(one.key("grown")).to_contain_text(FIRST, timeout=20_000)
    expect(one.page.locator(".tuwen-growing[data-live]")).to_have_count(0)
    expect(one.answers).to_contain_text(LAST, timeout=30_000)
    expect(one.page.get_by_test_id("stChatMessage")).to_have_count(2)
    expect(one.page.locator(".tuwen-ghost")).to_have_count(0)
    one.idle()
