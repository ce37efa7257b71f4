"""Enter that ends a composition sends nothing."""

from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit

KEYS = """([type, init]) => {
    const far = { bubbles: true, cancelable: true, composed: true };
    const made = new KeyboardEvent(type, { ...far, ...init });
    document.activeElement.dispatchEvent(made);
}"""
COMPOSED = """() => document.activeElement.dispatchEvent(
    new CompositionEvent("compositionend", { bubbles: true, composed: true, data: "图" }))"""


def test_enter_that_ends_a_composition_sends_nothing(app: RunningApp, visit: Visit) -> None:
    person = visit(app).open()
    person.input.fill("图文")
    for late in (
        {"key": "Enter", "code": "Enter", "keyCode": 229},
        {"key": "Enter", "code": "Enter", "keyCode": 13, "isComposing": True},
    ):
        person.page.evaluate(KEYS, ["keydown", late])
    person.page.evaluate(
        f"(enter) => {{ ({COMPOSED})(); ({KEYS})(['keydown', enter]); }}",
        {"key": "Enter", "code": "Enter", "keyCode": 13},
    )
    person.idle()
    expect(person.input).to_have_value("图文")
    expect(person.page.get_by_test_id("stChatMessage")).to_have_count(0)
    person.input.press("Enter")
    expect(person.answers).to_have_count(1, timeout=60_000)
