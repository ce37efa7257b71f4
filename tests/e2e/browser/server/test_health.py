"""The real server: what a load balancer and a monitoring system see of it, to the end."""

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp, free_port
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback
from tests.support.waiting import until
from tests.unit.metering.scraping import scrape


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[RunningApp]:
    with RunningApp(tmp_path / "app") as running:
        yield running


def get(url: str, host: str | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_probe_by_address_is_answered_where_a_page_is_refused(plain: RunningApp) -> None:
    for path in ("/healthz", "/readyz"):
        assert get(plain.url + path, host="10.1.2.3:8501") == (200, "ok")
    assert get(plain.url + "/", host="10.1.2.3:8501")[0] == 400
    assert get(plain.url + "/readyz/more", host="10.1.2.3:8501")[0] == 400


def test_a_store_that_goes_away_and_comes_back_is_seen_by_the_load_balancer(
    plain: RunningApp,
) -> None:
    store = plain.folder / "tuwen.db"
    away = store.rename(plain.folder / "away.db")
    until(lambda: get(plain.url + "/readyz")[0] == 503)
    said = get(plain.url + "/readyz")[1]
    assert json.loads(said) == {"ready": False, "why": "store_unwritable"}
    assert get(plain.url + "/healthz") == (200, "ok")
    away.rename(store)
    until(lambda: get(plain.url + "/readyz") == (200, "ok"))


def test_without_a_port_for_figures_there_are_none(plain: RunningApp) -> None:
    assert plain.process
    listening = {
        c.laddr.port
        for c in psutil.Process(plain.process.pid).net_connections("inet")
        if c.status == "LISTEN"
    }
    assert listening == {plain.port}
    assert "tuwen_answers" not in get(plain.url + "/metrics")[1]


def test_figures_are_on_a_port_of_their_own_and_know_who_is_there(
    tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    with Loopback() as endpoint, RunningApp(tmp_path / "app", endpoint.base_url) as app:
        assert scrape(port)("tuwen_visits") == 0
        person = visit(app).open()
        assert scrape(port)("tuwen_visits") == 1
        person.pick_model("fake-slow")
        person.send("Count, please")
        until(lambda: scrape(port)("tuwen_answers_running") == 1)
        assert "tuwen_answers" not in get(app.url + "/metrics")[1]
        person.key("stop").locator("button").click()
        until(lambda: scrape(port)("tuwen_answers_total", outcome="stopped") == 1)
        assert scrape(port)("tuwen_answers_running") == 0


def test_on_sigterm_a_running_answer_ends_before_the_server_does(
    tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAIN_SECONDS", "60")
    models = ("fake-tokens-40-100",)
    with (
        Loopback() as endpoint,
        RunningApp(tmp_path / "app", endpoint.base_url, models=models) as app,
    ):
        person = visit(app).open()
        person.pick_model(models[0])
        person.send("Count, please")
        expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3")
        assert app.process
        app.process.terminate()
        until(lambda: get(app.url + "/readyz")[0] == 503)
        assert json.loads(get(app.url + "/readyz")[1])["why"] == "stopping"
        assert get(app.url + "/healthz") == (200, "ok")
        assert app.process.poll() is None
        expect(person.answers.last).to_contain_text("39 40", timeout=30_000)
        app.process.wait(30)
        with closing(sqlite3.connect(tmp_path / "app" / "tuwen.db")) as store:
            assert store.execute("SELECT outcome FROM attempts").fetchall() == [("ok",)]


@pytest.mark.parametrize("seconds", ["0", "1", "600"])
def test_the_wait_ends_with_its_limit_or_a_second_sigterm(
    tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch, seconds: str
) -> None:
    monkeypatch.setenv("DRAIN_SECONDS", seconds)
    with Loopback() as endpoint, RunningApp(tmp_path / "app", endpoint.base_url) as app:
        person = visit(app).open()
        person.pick_model("fake-slow")
        person.send("Count, please")
        expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3")
        assert app.process
        app.process.terminate()
        if seconds == "600":
            until(lambda: get(app.url + "/readyz")[0] == 503)
            app.process.terminate()
        app.process.wait(15)  # the answer itself takes 20 s
        with closing(sqlite3.connect(tmp_path / "app" / "tuwen.db")) as store:
            ((outcome, text),) = store.execute("SELECT outcome, text FROM attempts").fetchall()
        assert outcome == "interrupted"
        assert text.startswith("1 2 3")
