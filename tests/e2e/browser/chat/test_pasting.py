"""What a paste means: text where there is text, files where there are files, nothing that another
field is to have. With the browser's own clipboard wherever a script may write to it."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser.bringing import bring, pngs
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

COPY = """async (kinds) => {
    const canvas = new OffscreenCanvas(40, 30);
    canvas.getContext("2d").fillRect(5, 5, 9, 9);
    const made = {
        "text/plain": new Blob(["Q1\\t12\\nQ2\\t15"], { type: "text/plain" }),
        "text/html": new Blob(["<img src='https://example.org/a.png'>"], { type: "text/html" }),
        "image/png": await canvas.convertToBlob({ type: "image/png" }),
    };
    const chosen = Object.fromEntries(kinds.map((kind) => [kind, made[kind]]));
    await navigator.clipboard.write([new ClipboardItem(chosen)]);
}"""


@pytest.fixture
def person(app: RunningApp, visit: Visit) -> Visitor:
    made = visit(app).open()
    made.ready()
    return made


def paste(page: Page, *kinds: str) -> None:
    page.bring_to_front()
    page.evaluate(COPY, list(kinds))
    page.keyboard.press("Control+V")


def test_cells_of_a_spreadsheet_are_pasted_as_text(person: Visitor) -> None:
    person.input.click()
    paste(person.page, "text/plain", "text/html", "image/png")
    expect(person.input).to_have_value("Q1\t12\nQ2\t15")
    person.idle()
    expect(person.cards).to_have_count(0)


def test_a_picture_that_was_copied_in_a_browser_is_a_picture(person: Visitor) -> None:
    person.input.click()
    paste(person.page, "text/html", "image/png")
    expect(person.cards).to_have_count(1, timeout=30_000)
    expect(person.input).to_have_value("")


def test_a_paste_into_another_field_is_that_fields(person: Visitor) -> None:
    person.chip.click()
    person.page.get_by_role("combobox", name="Search models").focus()
    paste(person.page, "text/html", "image/png")
    assert bring(person.page, pngs(0, 1), how="paste") == [False]
    person.page.evaluate("document.activeElement.blur()")
    paste(person.page, "text/html", "image/png")
    expect(person.cards).to_have_count(1, timeout=30_000)
    person.idle()
    expect(person.cards).to_have_count(1)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("p00.png", True),
        ("file:///home/me/p00.png\nfile:///home/me/p01.png", True),
        ("/home/me/p00.png\r\nC:\\pictures\\p01.png\r\n", True),
        ("x-special/nautilus-clipboard\ncopy\nfile:///home/me/p00.png", True),
        ("see p00.png", False),
        ("Quarter\tSales", False),
        ("https://example.org/p00.png?x=1", False),
    ],
)
def test_files_of_a_file_manager_are_files_whatever_it_says_beside_them(
    person: Visitor, text: str, taken: bool
) -> None:
    person.input.click()
    assert bring(person.page, pngs(0, 2), how="paste", text_plain=text) == [taken]
    expect(person.cards).to_have_count(2 if taken else 0, timeout=30_000)
