"""The calculator in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from components.tokens import count_text_tokens
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

EXAMPLE = "/cost?lang=en&v=1&m=gpt-4o"
CHARTS = {
    "en": ("Cost by image size", "Monthly cost by model", "Cost by turn"),
    "zh": ("费用与图片尺寸", "各模型每月费用", "每轮费用"),
}


@pytest.fixture
def reckoner(keyless: RunningApp, visit: Visit) -> Iterator[Visitor]:
    """Somebody with the example and gpt-4o; what the page complains of fails the test."""
    person: Visitor = visit(keyless)
    said = complaints(person.page)
    person.open(EXAMPLE)
    expect(figure(person, 0)).to_have_text("765")
    yield person
    # A picture that the next key replaced may be gone before the browser asks for it.
    page = person.page.content()
    assert [each for each in said if "/media/" not in each or path_in(each) in page] == []


def path_in(complaint: str) -> str:
    """Of the address that it ends with."""
    return urlsplit(complaint.split()[-1]).path


def complaints(page: Page) -> list[str]:
    """What the page writes to the console as errors, and what its scripts throw."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # Streamlit looks for its server below the page's own address first.
        url = message.location.get("url", "")
        if message.type == "error" and "/_stcore/" not in url:
            said.append(f"{message.text} {url}".strip())

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def figure(person: Visitor, n: int) -> Locator:
    """Image tokens, money of a call, of a month, which stands first."""
    return person.key("cost_total").get_by_test_id("stMetricValue").nth(2 - n)


def unfold(person: Visitor, what: str) -> None:
    """ "each": the table of sizes; "more": the prompt, the turns, the cache."""
    person.key(f"cost_{what}").locator("summary").click()
    person.idle()


def field(person: Visitor) -> Locator:
    return person.key("cost_sizes").locator("input")


def tab(person: Visitor, name: str) -> None:
    person.page.get_by_role("tab", name=name).click()
    person.idle()


def drop(person: Visitor, *files: Path) -> None:
    picker = person.key("cost_drop").locator('input[type="file"]')
    picker.set_input_files([str(path) for path in files])
    expect(person.page.get_by_text(re.compile(r"rows? added\."))).to_be_visible()


def sideways(person: Visitor) -> int:
    """px by which the page is wider than the window."""
    script = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(person.page.evaluate(script))


def test_sizes_count_as_they_are_typed(reckoner: Visitor) -> None:
    field(reckoner).fill("")
    field(reckoner).press_sequentially("2048x4096", delay=30)  # nothing is pressed afterwards
    expect(figure(reckoner, 0)).to_have_text("1,105")
    expect(field(reckoner)).to_have_value("2048x4096")
    expect(field(reckoner)).to_be_focused()
    expect(reckoner.key("cost_steps")).to_contain_text("170 x 6 + 85 = 1,105")
    expect(reckoner.page).to_have_url(re.compile("s=2048x4096"))
    field(reckoner).fill("0x5")
    expect(reckoner.page.get_by_text("has a side of 0")).to_be_visible()
    expect(figure(reckoner, 0)).to_have_text("1,105")
    expect(reckoner.key("cost_stale")).to_have_text(
        "This can't be read yet. The figures are for 2048x4096."
    )
    dimmed = "e => Number(getComputedStyle(e).opacity) < 0.6"
    assert reckoner.key("cost_total").get_by_test_id("stMetric").first.evaluate(dimmed)


def test_a_click_on_a_bar_switches_the_model(reckoner: Visitor) -> None:
    bars = reckoner.key("cost_bars").get_by_role("button")
    expect(bars.first).to_contain_text("GPT-4o")
    month = figure(reckoner, 2).inner_text()
    cheapest = bars.nth(1)
    saved, name = cheapest.locator(".difference"), cheapest.locator(".name").inner_text()
    expect(saved).to_contain_text("saves $")
    cheapest.click()
    expect(bars.first).to_contain_text(name)
    expect(bars.first).to_have_attribute("aria-pressed", "true")
    expect(figure(reckoner, 2)).not_to_have_text(month)
    expect(reckoner.page).to_have_url(re.compile(r"[?&]m=(?!gpt-4o&)"))


def test_more_sizes_than_the_field_shows_can_still_be_typed_on(reckoner: Visitor) -> None:
    sizes = "; ".join(f"{side}x{side}" for side in range(1, 15))
    field(reckoner).fill(sizes)
    expect(reckoner.key("cost_total")).to_contain_text("14 images")
    field(reckoner).press("End")
    field(reckoner).press_sequentially("; 20x20", delay=30)
    expect(reckoner.key("cost_total")).to_contain_text("15 images")
    expect(field(reckoner)).to_have_value(f"{sizes}; 20x20")


def test_dropped_images_are_rows_of_their_own(
    reckoner: Visitor, pictures: tuple[Path, Path]
) -> None:
    drop(reckoner, *pictures)
    expect(field(reckoner)).to_have_value("1024x1024; 1600x1200; 1200x1600")
    expect(figure(reckoner, 0)).to_have_text("2,295")


def test_a_common_size_is_picked(reckoner: Visitor) -> None:
    reckoner.key("cost_common").get_by_role("button").click()
    reckoner.page.get_by_text("1080p screenshot").click()
    expect(field(reckoner)).to_have_value("1024x1024; 1920x1080")
    expect(figure(reckoner, 0)).to_have_text("1,870")


def test_a_row_is_edited_in_the_table(reckoner: Visitor) -> None:
    unfold(reckoner, "each")
    table = reckoner.page.locator('[class*="st-key-cost_rows-"]')
    canvas = table.locator("canvas").first
    expect(canvas).to_be_visible()
    reckoner.idle()
    box = canvas.bounding_box()
    assert box is not None
    reckoner.page.mouse.dblclick(box["x"] + 70, box["y"] + 52)  # the first row's width
    editor = reckoner.page.locator("input.gdg-input")
    editor.fill("2048")
    editor.press("Enter")
    expect(field(reckoner)).to_have_value("2048x1024")
    expect(figure(reckoner, 0)).to_have_text("1,105")


def test_a_copied_link_opens_the_same_figures_for_somebody_else(
    reckoner: Visitor, keyless: RunningApp, visit: Visit
) -> None:
    field(reckoner).fill("2048x4096 x2; 640x480@low")
    expect(figure(reckoner, 0)).to_have_text("2,295")
    unfold(reckoner, "more")
    turns = reckoner.key("cost_turns").locator("input")
    turns.fill("3")
    turns.press("Enter")
    expect(reckoner.key("cost_total")).to_contain_text("A conversation of 3 turns")
    reckoner.idle()
    reckoner.page.get_by_role("button", name="Copy link").click()
    expect(reckoner.page.locator(".tuwen-toast")).to_have_text("Link copied")
    link = urlsplit(reckoner.page.evaluate("navigator.clipboard.readText()"))
    other: Visitor = visit(keyless, locale="zh-CN").open(f"{link.path}?{link.query}")
    for n in range(3):
        expect(figure(other, n)).to_have_text(figure(reckoner, n).inner_text())
    expect(field(other)).to_have_value("2048x4096 x2; 640x480@low")


def test_a_bad_link_is_a_sentence_and_the_default(keyless: RunningApp, visit: Visit) -> None:
    person: Visitor = visit(keyless).open("/cost?lang=en&v=1&m=gpt-4o&s=<script>")
    expect(person.page.get_by_role("alert")).to_contain_text("can't be the value of “s”")
    expect(field(person)).to_have_value("1024x1024")
    expect(person.page).to_have_url(re.compile(r"/cost\?lang=en$"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_is_drawn(keyless: RunningApp, visit: Visit, lang: str) -> None:
    person: Visitor = visit(keyless)
    said = complaints(person.page)
    person.open(f"/cost?lang={lang}&v=1&m=gpt-4o&t=4")
    tab(person, "Charts" if lang == "en" else "图表")
    for name in CHARTS[lang]:
        person.page.get_by_role("radio", name=name).or_(
            person.page.get_by_role("button", name=name)
        ).first.click()
        person.idle()
        chart = person.key("cost_chart").get_by_test_id("stPlotlyChart")
        expect(chart.locator(".trace").first).to_be_attached()
        expect(chart.locator(".legendtext").first).to_be_visible()
    chart.hover()
    label = "Download as PNG" if lang == "en" else "下载为 PNG"
    with person.page.expect_download() as waiting:
        chart.locator(f'.modebar-btn[data-title="{label}"]').click()
    assert waiting.value.suggested_filename == "tuwen-turns.png"
    with person.page.expect_download() as waiting:
        person.key("cost_chart_csv-turns").get_by_role("button").click()
    written = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(written) == 5
    assert said == []


def test_two_models_are_pinned_and_stay_when_the_page_is_left(reckoner: Visitor) -> None:
    tab(reckoner, "All figures")
    canvas = reckoner.key("cost_table").locator("canvas").first
    expect(canvas).to_be_visible()
    reckoner.idle()
    canvas.scroll_into_view_if_needed()
    for row in (1, 2):
        box = canvas.bounding_box()
        assert box is not None
        reckoner.page.mouse.click(box["x"] + 16, box["y"] + 35 * row + 17)
        reckoner.idle()
    pinned = reckoner.key("cost_pinned").get_by_role("button", name="Use this model")
    expect(pinned).to_have_count(2)
    reckoner.page.get_by_role("link", name="FAQ").click()
    expect(reckoner.key("cost_total")).to_have_count(0)
    reckoner.page.get_by_role("link", name="Cost").click()
    expect(reckoner.key("cost_total")).to_be_visible()
    tab(reckoner, "All figures")
    expect(pinned).to_have_count(2)
    expect(figure(reckoner, 0)).to_have_text("765")


def test_nothing_scrolls_sideways_on_a_phone(keyless: RunningApp, visit: Visit) -> None:
    person: Visitor = visit(keyless, locale="zh-CN", width=390)
    person.open("/cost?v=1&m=gpt-4o&s=4032x3024*20&t=50&u=CNY&r=7.1234")
    expect(figure(person, 0)).to_have_text("15,300")
    assert sideways(person) <= 0
    for name in ("图表", "省钱", "速率限制", "我的历史", "准确度"):
        tab(person, name)
        assert sideways(person) <= 0, name


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_no_figure_is_cut_off(keyless: RunningApp, visit: Visit, width: int) -> None:
    person: Visitor = visit(keyless, width=width)
    person.open("/cost?lang=en&v=1&m=gpt-6-luna&s=4032x3024*500&t=50&u=CNY&r=7.1234&n=100000")
    cut = "e => [...e.querySelectorAll('*')].some(x => x.scrollWidth > x.clientWidth + 1)"
    expect(figure(person, 2)).to_be_visible()
    for n in range(3):
        assert not figure(person, n).evaluate(cut), figure(person, n).inner_text()


def test_every_part_has_its_key(reckoner: Visitor) -> None:
    for key in ("sizes", "drop", "model", "detail", "total", "bars", "share", "steps"):
        expect(reckoner.key(f"cost_{key}")).to_be_visible()
    tab(reckoner, "Charts")
    expect(reckoner.key("cost_chart")).to_be_visible()


def test_a_pasted_text_has_about_its_figure_at_once_and_typing_goes_on(reckoner: Visitor) -> None:
    text = "".join(f"Is the {n}th of {n * 7919} words here? " for n in range(4000))
    reckoner.page.evaluate(
        """() => {
            window.told = [];
            const look = () => window.told.push(document.body.innerText.includes("Approximate"));
            new MutationObserver(look).observe(document.body, {subtree: true, childList: true,
                                                               characterData: true});
        }"""
    )
    unfold(reckoner, "more")
    prompt = reckoner.key("cost_prompt").locator("input")
    prompt.click()
    reckoner.page.keyboard.insert_text(text)
    reckoner.page.keyboard.type("And this?")
    expect(prompt).to_have_value(f"{text}And this?")
    exact = count_text_tokens(f"{text}And this?", "gpt-4o")
    tokens = reckoner.key("cost_prompt_tokens").locator("input")
    expect(tokens).to_have_value(str(exact), timeout=60_000)
    expect(reckoner.page).to_have_url(re.compile(rf"[?&]p={exact}\b"), timeout=60_000)
    expect(reckoner.key("cost_total")).not_to_contain_text("Approximate")
    assert reckoner.page.evaluate("window.told.includes(true)")
