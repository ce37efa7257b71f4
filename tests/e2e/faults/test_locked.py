"""Another process holds the database's lock: the page says that it waits, and goes on after."""

from playwright.sync_api import expect

from tests.e2e.browser.visiting import Visit
from tests.e2e.faults.conftest import BRIEF, Place, begin, said

SLOW_TO_ANSWER = "The database is slow."


def test_a_question_waits_in_words_and_is_answered_once_the_lock_is_free(
    place: Place, visit: Visit
) -> None:
    asking, reading = visit(place.app).open(), visit(place.app).open()
    asking.pick_model("fake-vision")
    begin(reading, BRIEF)
    with place.held():
        asking.send("May I?")
        expect(asking.page.get_by_text(SLOW_TO_ANSWER)).to_be_visible(timeout=10_000)
        # Meanwhile what only reads works, and an answer that runs grows on.
        history = visit(place.app).open("/history")
        expect(history.key("history_list")).to_contain_text("Count for me")
        expect(said(reading, "1 2 3")).to_contain_text("60", timeout=15_000)
    expect(said(asking, "You asked: May I?")).to_be_visible(timeout=20_000)
    expect(reading.key("stop")).to_have_count(0, timeout=20_000)
