"""The compare page in a real browser."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Locator, Page, expect

from components.i18n import t
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback
from tests.support.waiting import until

MODELS = (
    "fake-vision",
    "fake-slow",
    "fake-tokens-100-20",
    "fake-status-401",
    "fake-status-503-50",
    "fake-tokens-20-50",
    "fake-tokens-100-50",
)


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback, browser: Browser
) -> Iterator[RunningApp]:
    folder = tmp_path_factory.mktemp("compare")
    with RunningApp(folder, endpoint.base_url, models=MODELS) as running:
        yield running


@pytest.fixture
def person(app: RunningApp, visit: Visit) -> Iterator[Visitor]:
    """Somebody on the compare page; what the page complains of fails the test."""
    someone: Visitor = visit(app)
    said = complaints(someone.page)
    yield someone.open("/compare?lang=en")
    assert said == []


def complaints(page: Page) -> list[str]:
    """Errors of the console, but for two addresses that Streamlit looks for on deep links."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def picture(n: int = 0, size: tuple[int, int] = (600, 400)) -> FilePayload:
    made = Image.new("RGB", size, (40 + 9 * n, 110, 180))
    ImageDraw.Draw(made).text((40, 40), f"Invoice {n}", fill="white", font_size=40)
    kept = io.BytesIO()
    made.save(kept, "PNG")
    return {"name": f"p{n}.png", "mimeType": "image/png", "buffer": kept.getvalue()}


def folder(count: int) -> FilePayload:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for n in range(count):
            archive.writestr(f"photos/p{n:02}.png", picture(n)["buffer"])
    return {"name": "photos.zip", "mimeType": "application/zip", "buffer": kept.getvalue()}


def put_in(person: Visitor, count: int, *files: FilePayload) -> None:
    """Drop files; returns when there are `count` images."""
    person.key("compare_drop").locator('input[type="file"]').set_input_files(list(files))
    cards = person.key("compare_cards").locator('[class*="st-key-compare_card-"]')
    expect(cards).to_have_count(count, timeout=20_000)
    person.idle()


def choose(person: Visitor, *models: str) -> None:
    """Exactly these models."""
    field = person.key("compare_models")
    field.get_by_role("button", name=re.compile("Clear")).first.click()
    for model in models:
        person.pick(field, model)
    person.page.keyboard.press("Escape")
    person.idle()


def ask(person: Visitor, question: str = "What differs?") -> None:
    field = person.key("compare_question").locator("textarea")
    field.fill(question)
    field.press("Control+Enter")
    person.idle()
    person.key("compare_run").get_by_role("button").click()
    expect(person.key("compare_results")).to_be_visible(timeout=20_000)


def turn_to(person: Visitor, mode: str) -> None:
    """Together, one by one, the cheapest setting."""
    person.key("compare_mode").get_by_text(mode, exact=True).click()
    person.idle()


def open_cell(person: Visitor, row: int, model: str) -> None:
    person.key(f"compare_open-{row}").get_by_role("button").click()
    person.page.get_by_role("menuitem", name=model).click()
    person.idle()


def press(page: Page, button: Locator, hold: int) -> None:
    """With the mouse, held down for so many ms: it stands still, and gets its click."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.wait_for_timeout(hold)
    assert button.bounding_box() == box
    page.mouse.up()


def test_what_is_pressed_stands_still_whatever_loses_the_focus(
    app: RunningApp, visit: Visit
) -> None:
    # At this width the third model leaves room for an input without the focus only.
    person = visit(app, width=1040).open("/compare?lang=en")
    page, button = person.page, person.key("compare_run").locator("button")
    put_in(person, 2, picture(1), picture(2))
    field = person.key("compare_question").locator("textarea")
    field.fill("What differs?")
    field.press("Control+Enter")
    choose(person, "fake-vision", "fake-tokens-20-50")
    models = person.key("compare_models").locator("input")
    models.click()
    page.keyboard.type("fake-status-401")
    page.get_by_role("option", name=re.compile("fake-status-401")).first.click()
    page.keyboard.press("Escape")
    person.idle()
    expect(models).to_be_focused()
    press(page, button, 200)
    expect(person.key("compare_column-2")).to_be_visible(timeout=20_000)

    # what is typed goes out when the field loses the focus, and takes a remark away
    started = page.url
    field.fill("Describe it.")
    field.press("Control+Enter")
    person.idle()
    field.fill("Is the total right?")
    press(page, button, 1200)
    expect(page).not_to_have_url(started, timeout=20_000)
    expect(person.key("compare_results")).to_contain_text("Is the total right?")


def test_columns_stream_at_once_each_with_its_stop_and_outlive_a_reload(
    person: Visitor, endpoint: Loopback
) -> None:
    page = person.page
    put_in(person, 2, picture(1), picture(2))
    choose(person, "fake-vision", "fake-slow", "fake-status-503-50")
    before = len(endpoint.asked())
    ask(person)
    column = [person.key(f"compare_column-{n}") for n in range(3)]
    expect(column[0]).to_contain_text("I see 2 images")
    expect(column[1]).to_contain_text("1 2 3 4")
    expect(column[2]).to_contain_text(re.compile(r"Retrying in \d+ s \(\d of 5\)"))
    # it came into sight, under what was asked
    assert 0 <= (person.key("compare_results").bounding_box() or {"y": -1})["y"] < 400
    # who has ended can't be stopped any more
    expect(person.key("compare_stop-0")).to_have_count(0)

    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator(".st-key-compare_column-1")).to_contain_text("1 2 3 4", timeout=20_000)
    page.bring_to_front()  # or Chromium draws it as a tab that nobody looks at
    page.reload()
    expect(column[1]).to_contain_text("1 2 3 4", timeout=20_000)
    person.key("compare_stop-1").get_by_role("button").click()
    expect(column[1]).to_contain_text("stopped")
    expect(other.locator(".st-key-compare_column-1")).to_contain_text("stopped")
    person.key("compare_stop").get_by_role("button").click()
    expect(person.key("compare_swap_order")).to_be_visible(timeout=10_000)
    expect(column[1]).to_contain_text("1 2 3 4")
    asked = [each.body["model"] for each in endpoint.asked()[before:]]
    assert asked.count("fake-vision") == 1
    assert asked.count("fake-slow") == 1


def test_the_opposite_order_runs_without_what_belonged_to_the_answers_before(
    person: Visitor, endpoint: Loopback
) -> None:
    put_in(person, 2, picture(1), picture(2))
    choose(person, "fake-vision", "fake-tokens-20-50")
    ask(person)
    expect(person.key("compare_out")).to_be_visible(timeout=20_000)
    person.key("compare_swap_order").get_by_role("button").click()
    expect(person.key("compare_stop")).to_be_visible()
    expect(person.key("compare_out")).to_have_count(0)
    expect(person.key("compare_results")).to_contain_text("reverse order")
    expect(person.key("compare_results")).to_contain_text("Both orders", timeout=20_000)


def test_a_matrix_fills_while_the_rest_of_the_page_stands_still(
    person: Visitor, endpoint: Loopback
) -> None:
    page = person.page
    put_in(person, 20, folder(20))
    turn_to(person, t("en", "compare.mode.each"))
    choose(person, "fake-vision", "fake-tokens-100-50")  # 5 s a cell
    ask(person, "What is this?")
    expect(person.key("compare_matrix").locator(".tuwen-cell").first).to_be_visible(timeout=20_000)
    progress = person.key("compare_results").get_by_test_id("stProgress")
    expect(progress).to_contain_text(re.compile(r"\d+ of 40 done"))
    page.evaluate(
        """() => {
          window.changes = 0;
          const count = (all) => { window.changes += all.length; };
          new MutationObserver(count).observe(
            document.querySelector(".st-key-compare_images"), { childList: true, subtree: true });
        }"""
    )
    done = re.compile(r"(\d+) of 40 done")
    first = int((done.search(progress.inner_text()) or [0, 0])[1])
    expect(progress).not_to_contain_text(f"{first} of 40 done", timeout=10_000)
    expect(progress).to_contain_text("left")
    assert page.evaluate("window.changes") == 0

    # it goes on while the page is left
    page.get_by_role("link", name="FAQ").first.click()
    person.idle()
    sent = len(endpoint.asked())
    until(lambda: len(endpoint.asked()) > sent, 20, "nothing is asked while the page is left")
    page.get_by_role("link", name="Compare").first.click()
    expect(person.key("compare_matrix").locator(".tuwen-cell").first).to_be_visible(timeout=20_000)
    if person.key("compare_stop").count():
        person.key("compare_stop").get_by_role("button").click()
    expect(person.key("compare_out")).to_be_visible(timeout=20_000)


def test_a_cell_of_the_matrix_opens_with_a_click(person: Visitor) -> None:
    put_in(person, 3, *(picture(n) for n in range(3)))
    turn_to(person, t("en", "compare.mode.each"))
    ask(person, "What is this?")
    expect(person.key("compare_out")).to_be_visible(timeout=20_000)
    open_cell(person, 1, "fake-vision")
    cell = person.key("compare_cell")
    expect(cell).to_contain_text("B · p1.png")
    expect(cell).to_contain_text("I see 1 image")
    expect(cell.get_by_role("img")).to_be_visible()

    # what is typed belongs to the cell it was typed for
    field = cell.locator('[class*="st-key-compare_accepted-"] textarea')
    results = person.key("compare_results")
    for row, said in ((1, "1 image"), (2, "no cat")):
        expect(cell).to_contain_text(f"p{row}.png")
        expect(field).to_have_value("")
        field.fill(said)
        open_cell(person, (row + 1) % 3, "fake-vision")
        expect(cell).to_contain_text(f"p{(row + 1) % 3}.png", timeout=10_000)
    expect(results).to_contain_text("1 / 2 right", timeout=10_000)
    cell.get_by_role("button", name="Mark as correct").click()
    expect(results).to_contain_text("2 / 3 right", timeout=10_000)
    # a row's cell is whole where it has the focus
    answer = person.key("compare_row-0").locator(".tuwen-cell")
    expect(answer).to_contain_text("✓ right")
    answer.focus()
    expect(answer).to_have_css("max-height", "none")


def test_two_images_are_compared_without_a_key(keyless: RunningApp, visit: Visit) -> None:
    person = visit(keyless).open("/compare?lang=en")
    person.key("compare_try").get_by_role("button").click()
    viewer = person.key("compare_slider")
    for mode in ("Side by side", "Overlay", "Blink", "Heat map", "Slider"):
        button = viewer.get_by_role("button", name=mode, exact=True)
        button.click(timeout=20_000)
        expect(button).to_have_attribute("aria-pressed", "true")
    person.key("compare_cost").scroll_into_view_if_needed()
    expect(person.key("compare_cost")).to_contain_text("free, nothing leaves this server")
    person.key("compare_run").get_by_role("button").click()
    expect(person.key("compare_out")).to_be_visible(timeout=60_000)


def test_shapes_that_cannot_be_laid_over_each_other_say_so(person: Visitor) -> None:
    put_in(person, 2, picture(1, (1200, 200)), picture(2, (200, 1200)))
    expect(person.key("compare_slider")).to_contain_text("differ too much in shape")


def test_texts_are_told_apart_line_by_line(person: Visitor) -> None:
    put_in(person, 2, picture(1), picture(2))
    person.key("compare_texts").locator("summary").click()
    table = person.key("compare_texts").get_by_role("table")
    expect(table).to_contain_text(re.compile("Invoice ?1"), timeout=60_000)
    expect(table).to_contain_text(re.compile("Invoice ?2"))


def test_a_comparison_is_in_the_history_which_leads_back_to_it(
    person: Visitor, tmp_path: Path
) -> None:
    page = person.page
    put_in(person, 2, picture(1), picture(2))
    ask(person, "Which is newer?")
    expect(person.key("compare_out")).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        person.key("compare_out-csv").get_by_role("button").click()
    download.value.save_as(tmp_path / "out.csv")
    assert "I see 2 images" in (tmp_path / "out.csv").read_text("utf-8-sig")
    page.get_by_role("link", name="History").first.click()
    page.get_by_role("tab", name="Comparisons").click()
    page.get_by_role("link", name="Which is newer?").first.click()
    expect(person.key("compare_column-0")).to_contain_text("I see 2 images", timeout=20_000)
    assert "run=" in page.url


def test_on_a_phone_nothing_scrolls_sideways(app: RunningApp, visit: Visit) -> None:
    person = visit(app, width=390, locale="zh-CN").open("/compare")
    put_in(person, 12, *(picture(n) for n in range(12)))
    turn_to(person, t("zh", "compare.mode.each"))
    ask(person, "图里写了什么？")
    expect(person.key("compare_out")).to_be_visible(timeout=30_000)
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 390
