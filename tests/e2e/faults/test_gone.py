"""The database is gone for a while, and back: the app stays up and nothing has to be restarted."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit
from tests.e2e.faults.conftest import BRIEF, MODELS, Place, begin, own_server, said
from tests.support.loopback.server import Loopback

WHAT = {"sqlite": "can't be written", "postgres": "isn't responding"}
NOT_SAVED = "Not saved yet"


def kind_of(place: Place) -> str:
    return "postgres" if place.server else "sqlite"


def test_a_question_comes_back_with_its_images_and_a_running_answer_is_saved_by_itself(
    place: Place, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    asking, reading = visit(place.app).open(), visit(place.app).open()
    asking.pick_model("fake-vision")
    asking.drop_in(pictures[1])
    begin(reading, BRIEF)
    with place.gone():
        asking.send("What is it?")
        expect(asking.page.get_by_test_id("stAlert")).to_contain_text(WHAT[kind_of(place)])
        expect(asking.input).to_have_value("What is it?")
        expect(asking.cards).to_have_count(1)
        expect(reading.page.get_by_text(NOT_SAVED)).to_be_visible(timeout=20_000)
        expect(said(reading, "58 59 60")).to_be_visible()
    expect(reading.page.get_by_text(NOT_SAVED)).to_have_count(0, timeout=30_000)
    expect(said(reading, "58 59 60")).to_contain_text("60")
    again = visit(place.app).open(reading.page.url.removeprefix(place.app.url))
    expect(said(again, "58 59 60")).to_be_visible()
    asking.input.press("Enter")
    expect(said(asking, "You asked: What is it?")).to_be_visible(timeout=20_000)
    assert "Traceback" not in place.app.output


def test_what_needs_no_database_works_without_it_and_the_rest_opens_by_itself(
    on_postgres: Place, visit: Visit
) -> None:
    person = visit(on_postgres.app).open()
    person.pick_model("fake-vision")
    person.ask("Are you there?")
    address = person.page.url.removeprefix(on_postgres.app.url)
    with on_postgres.gone(crash=True):
        cost = visit(on_postgres.app).open("/cost")
        expect(cost.page.get_by_role("heading", name="Cost calculator")).to_be_visible()
        expect(cost.page.get_by_test_id("stAlert")).to_have_count(0)
        expect(cost.page.get_by_text("The model sees")).to_be_visible()
        faq = visit(on_postgres.app).open("/faq")
        expect(faq.page.get_by_role("heading", name="FAQ")).to_be_visible()
        expect(faq.page.get_by_test_id("stSidebar")).to_contain_text("This part returns")
        waiting = [visit(on_postgres.app, locale="en-US"), visit(on_postgres.app, locale="zh-CN")]
        for each, path in zip(waiting, (address, "/history"), strict=True):
            each.page.goto(on_postgres.app.url + path)
        expect(waiting[0].page.get_by_test_id("stAlert")).to_contain_text("isn't responding")
        expect(waiting[1].page.get_by_test_id("stAlert")).to_contain_text("的数据库没有响应。")
        waiting[0].input.fill("half a thought")
    expect(said(waiting[0], "You asked: Are you there?")).to_be_visible(timeout=20_000)
    expect(waiting[0].input).to_have_value("half a thought")
    expect(waiting[1].key("history_list")).to_contain_text("Are you there?", timeout=20_000)


def test_an_app_that_is_started_without_its_database_works_once_it_is_there(
    tmp_path: Path, browser: Browser, loopback: Loopback, visit: Visit
) -> None:
    server = own_server(tmp_path / "server")
    env = {"DATABASE_URL": server.url("tuwen")}
    server.stop()
    with RunningApp(tmp_path, loopback.base_url, models=MODELS, env=env) as app:
        person = visit(app).open()
        person.pick_model("fake-vision")
        person.send("Hello?")
        expect(person.page.get_by_test_id("stAlert")).to_contain_text("isn't responding")
        expect(person.input).to_have_value("Hello?")
        server.start()
        person.input.press("Enter")
        expect(said(person, "You asked: Hello?")).to_be_visible(timeout=20_000)
    server.close()


def test_a_file_that_was_moved_away_is_not_made_anew(on_sqlite: Place, visit: Visit) -> None:
    file = on_sqlite.folder / "tuwen.db"
    away = on_sqlite.folder / "moved.db"
    person = visit(on_sqlite.app).open()
    person.pick_model("fake-vision")
    file.rename(away)
    try:
        person.send("Where does it go?")
        expect(person.page.get_by_test_id("stAlert")).to_contain_text("can't be written")
        assert not file.exists()
    finally:
        away.rename(file)
    person.input.press("Enter")
    expect(said(person, "You asked: Where does it go?")).to_be_visible(timeout=20_000)
