"""kill -9 while models think, answer and compare: what was acknowledged is there, and the rest is
judged soon."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from components.access.person import LOCAL
from components.chat.store import STALE_AFTER
from components.spending.store import EXPIRES_AFTER, Limits, Rules
from db.store import open_store
from tests.e2e.browser.compare.test_compare import ask, choose, picture, put_in
from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit
from tests.e2e.faults.conftest import BRIEF, MODELS, SLOW, begin, said
from tests.support.loopback.reply import Reply, answer, chunk, event
from tests.support.loopback.server import Loopback

ME = LOCAL.owner
A_DAY = Rules(person=Limits(images_day=100))
THOUGHT = "two or three"


def thoughtful() -> Reply:
    """A thought, then words 100 ms apart for 20 s."""
    said = answer(*(f"{n} " for n in range(1, 601)), pause=0.1, model=SLOW)
    return replace(said, steps=[event(chunk(reasoning_content=THOUGHT, model=SLOW)), *said.steps])


def after_the_kill(url: str) -> None:
    """As another process finds it, now and once nobody can be at it any more."""
    store = open_store(url)
    summary = store.history.page(ME)[0]
    found = store.conversations.conversation(ME, summary.id)
    store.close()
    assert found
    asked, answer, again, partial = found.messages
    assert (asked.text, again.text) == ("What is it?", "Count for me")
    assert answer.attempt
    assert answer.attempt.result.outcome == "ok"
    assert partial.text.startswith("1 2 3")
    assert partial.attempt
    assert partial.attempt.result.reasoning == THOUGHT
    later = datetime.now(UTC) + timedelta(seconds=STALE_AFTER + 1)
    store = open_store(url, clock=lambda: later)
    found = store.conversations.conversation(ME, summary.id)
    image = store.conversations.image(ME, asked.images[0].hash or "")
    store.close()
    assert found
    assert found.messages[-1].attempt
    assert found.messages[-1].attempt.result.outcome == "interrupted"
    assert found.messages[-1].text == partial.text
    assert found.messages[-1].attempt.result.reasoning == THOUGHT
    assert image
    assert len(image.content) > 1000


def states_after_the_kill(url: str) -> list[tuple[str, str, str]]:
    """State, answer and thought of each cell, once nobody can be at it any more."""
    store = open_store(url, clock=lambda: datetime.now(UTC) + timedelta(seconds=STALE_AFTER + 1))
    found = store.comparisons.comparison(ME, store.comparisons.page(ME)[0].id)
    store.close()
    assert found
    thoughts = [cell.result.reasoning if cell.result else "" for cell in found.cells]
    return [
        (cell.state, cell.answer, said) for cell, said in zip(found.cells, thoughts, strict=True)
    ]


def images_used(url: str, seconds: float = 0) -> int:
    """How many images of today count so many seconds from now."""
    store = open_store(url, clock=lambda: datetime.now(UTC) + timedelta(seconds=seconds))
    used = store.usage.used(ME, A_DAY)["person"]
    store.close()
    return used.images


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_after_kill_9_the_partial_answer_is_there_as_interrupted_and_nothing_else_is_lost(
    kind: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    browser: Browser,
    loopback: Loopback,
    visit: Visit,
    pictures: tuple[Path, Path],
) -> None:
    file = tmp_path / "tuwen.db"
    url = f"sqlite:///{file}" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    before = len(loopback.asked())
    app = RunningApp(tmp_path, loopback.base_url, models=MODELS, env={"DATABASE_URL": url})
    with app:
        person = visit(app).open()
        person.pick_model("fake-vision")
        person.drop_in(pictures[0])
        person.ask("What is it?")
        loopback.enqueue(thoughtful())
        begin(person, SLOW)
        person.input.fill("half a thought")
        app.kill()
        if kind == "sqlite":
            with closing(sqlite3.connect(file)) as raw:
                assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        after_the_kill(url)
        assert images_used(url) == 2, "one was billed, and reserved with the history once more"
        assert images_used(url, EXPIRES_AFTER + 1) == 1, "a dead process reserves nothing"
        if kind == "postgres":
            return  # what another process finds is what the same one finds
        app.__enter__()  # at the same address, to which the page comes back by itself
        expect(said(person, "Count for me")).to_be_visible(timeout=20_000)
        expect(said(person, "1 2 3")).to_contain_text(
            "Interrupted. The partial answer is saved.", timeout=(STALE_AFTER + 10) * 1000
        )
        expect(person.page.get_by_role("button", name="Continue").last).to_be_visible()
        said(person, "1 2 3").get_by_text(f"Reasoning · {len(THOUGHT)} characters").click()
        expect(said(person, THOUGHT)).to_contain_text("1 2 3")
        expect(person.input).to_have_value("half a thought")
        question = person.page.get_by_test_id("stChatMessage").filter(has_text="What is it?").first
        expect(question.locator("img")).to_have_count(1)
        assert len(loopback.asked()) == before + 2, "nothing is sent again by itself"


def test_after_kill_9_of_a_comparison_what_ended_stands_and_the_rest_can_be_asked_again(
    tmp_path: Path, browser: Browser, loopback: Loopback, visit: Visit
) -> None:
    before = len(loopback.asked())
    loopback.enqueue(answer("A cat."), thoughtful())
    url = f"sqlite:///{tmp_path}/tuwen.db"
    env = {"DATABASE_URL": url, "COMPARE_AT_ONCE": "1"}  # in the columns' order
    app = RunningApp(tmp_path, loopback.base_url, models=MODELS, env=env)
    with app:
        person = visit(app).open("/compare")
        column = [person.key(f"compare_column-{n}") for n in range(3)]
        put_in(person, 2, picture(1), picture(2))
        choose(person, "fake-vision", SLOW, BRIEF)
        ask(person)
        expect(column[0]).to_contain_text("A cat.")
        expect(column[1]).to_contain_text("1 2 3")
        person.page.wait_for_timeout(1500)  # it is written once a second
        app.kill()
        after = states_after_the_kill(url)
        assert [state for state, _, _ in after] == ["ok", "interrupted", "interrupted"]
        assert [thought for _, _, thought in after] == ["", THOUGHT, ""]
        assert after[0][1] == "A cat."
        assert after[1][1].startswith("1 2 3")
        assert len(loopback.asked()) == before + 2
        app.__enter__()
        stale = (STALE_AFTER + 10) * 1000
        expect(person.key("compare_retry")).to_contain_text("2", timeout=stale)
        expect(column[0]).to_contain_text("A cat.")
        expect(column[1]).to_contain_text("1 2 3")
        expect(column[1]).to_contain_text("interrupted")
        expect(column[1]).to_contain_text(f"Reasoning · {len(THOUGHT)} characters")
        expect(column[2]).to_contain_text("interrupted")
        assert len(loopback.asked()) == before + 2, "nothing is sent again by itself"
        loopback.enqueue(answer("A dog."), answer("A bird."))
        person.key("compare_retry").get_by_role("button").click()
        for place, answered in zip(column, ("A cat.", "A dog.", "A bird."), strict=True):
            expect(place).to_contain_text(answered)
        expect(column[1]).not_to_contain_text("1 2 3")
        asked = [each.body["model"] for each in loopback.asked()[before:]]
        assert asked == ["fake-vision", SLOW, SLOW, BRIEF]
