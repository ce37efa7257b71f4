"""The first request of a fresh server, a crash, and the headers of every response."""

import re
import sqlite3
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback


@pytest.mark.parametrize("path", ["/history", "/?lang=zh", "/history?lang=zh"])
def test_the_first_request_may_be_a_deep_link(tmp_path: Path, visit: Visit, path: str) -> None:
    with RunningApp(tmp_path / "app") as app:
        person = visit(app).open(path)
        heading = {"/history": "History", "/?lang=zh": "看图提问", "/history?lang=zh": "历史"}[path]
        expect(person.page.get_by_role("heading", name=heading)).to_be_visible()
        expect(person.key("new_chat")).to_be_visible()
        assert not person.page.get_by_role("dialog").count()


def test_a_conversation_is_opened_by_the_first_request_and_survives_a_crash(
    tmp_path: Path, visit: Visit
) -> None:
    with Loopback() as endpoint:
        with RunningApp(tmp_path / "app", endpoint.base_url) as app:
            person = visit(app).open()
            person.pick_model("fake-vision")
            answer = person.ask("Do you remember?")
            expect(answer).to_contain_text("You asked: Do you remember?")
            person.pick_model("fake-slow")
            person.send("and this?")
            expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3")
            person.page.wait_for_timeout(1500)  # the runner writes once a second
            address = person.page.url.removeprefix(app.url)
            person.input.fill("not sent yet")
            app.kill()
            strip = person.page.get_by_role("status").filter(has_text="your text is safe")
            expect(strip).to_be_visible()
            # Streamlit's own window comes as well, and stays out of sight.
            theirs = person.page.get_by_role("dialog", include_hidden=True)
            expect(theirs).to_have_count(1, timeout=60_000)
            expect(theirs).to_be_hidden()
            expect(person.input).to_have_value("not sent yet")
        with sqlite3.connect(tmp_path / "app" / "tuwen.db") as database:
            # the heartbeat of the dead server is made old instead of waiting 15 s
            database.execute("UPDATE attempts SET heartbeat_at = '2026-01-01 00:00:00.000000'")
        with RunningApp(tmp_path / "app", endpoint.base_url) as app:
            person = visit(app).open(address)
            expect(person.answers.first).to_contain_text("You asked: Do you remember?")
            expect(person.answers.last).to_contain_text("Interrupted. The partial answer is saved.")
            expect(person.answers.last).to_contain_text("1 2 3")


def test_every_response_carries_the_security_headers(keyless: RunningApp) -> None:
    for path in ("/", "/_stcore/health", "/samples/seeds.webp"):
        with urllib.request.urlopen(keyless.url + path) as response:
            policy = response.headers["content-security-policy"]
            assert "default-src 'self'" in policy
            assert re.search(r"img-src 'self' data: blob:(;|$)", policy)
            assert "'unsafe-eval'" not in policy
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/_stcore/metrics", None, 404),
        ("/samples/nothing.webp", None, 404),
        ("/", "evil.test", 400),
    ],
)
def test_what_is_not_for_visitors_is_refused(
    keyless: RunningApp, path: str, host: str | None, status: int
) -> None:
    request = urllib.request.Request(keyless.url + path, headers={"Host": host} if host else {})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == status


def test_the_server_listens_on_this_machine_only(keyless: RunningApp) -> None:
    import psutil

    assert keyless.process is not None
    listening = [
        c.laddr.ip
        for c in psutil.Process(keyless.process.pid).net_connections("inet")
        if c.status == "LISTEN"
    ]
    assert listening == ["127.0.0.1"]
