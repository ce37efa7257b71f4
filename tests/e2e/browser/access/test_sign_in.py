"""Signing in in a real browser: with a provider, with a shared password; and refusing to start."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.access.store import FREE
from components.ui.server.cookies import COOKIE
from tests.e2e.browser.access.signing_in import DEMO, PASSWORD, sign_in, team_app, type_password
from tests.e2e.browser.running import ROOT, RunningApp, free_port
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

OFF = "Your access has been turned off."


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory, endpoint: Loopback) -> Iterator[RunningApp]:
    with team_app(tmp_path_factory.mktemp("team"), endpoint.base_url) as app:
        yield app


@pytest.fixture
def demo(tmp_path: Path, endpoint: Loopback) -> Iterator[RunningApp]:
    with RunningApp(tmp_path / "demo", endpoint.base_url, tables=DEMO) as app:
        yield app


def test_two_people_each_see_only_their_own(team: RunningApp, visit: Visit) -> None:
    ann, bob = sign_in(visit(team).open(), "ann"), sign_in(visit(team).open(), "bob")
    ann.pick_model("fake-vision")
    ann.ask("What does Ann ask?")
    address = ann.page.url.removeprefix(team.url)
    # Ann's page first: by the time that hers is drawn, so is Bob's.
    for path in ("/history", address):
        bob.open(path)
        ann.open(path)
        expect(ann.page.get_by_text("What does Ann ask?").first).to_be_visible()
        assert bob.page.get_by_test_id("stMain").inner_text()
        assert "What does Ann ask?" not in bob.page.content()


def test_a_deep_link_shows_nothing_to_whoever_has_not_signed_in(
    team: RunningApp, visit: Visit
) -> None:
    for path in ("/history", "/compare", "/cost", "/faq", "/usage", "/people", "/?c=x"):
        person = visit(team).open(path)
        expect(person.key("sign_in_go")).to_be_visible()
        assert not person.page.get_by_role("dialog").count(), "the page is there, after the sign-in"
        assert not person.input.count()
        assert not person.page.get_by_test_id("stSidebarNavLink").count()


def test_who_is_not_on_the_list_reads_so(team: RunningApp, visit: Visit) -> None:
    eve = sign_in(visit(team).open(), "eve")
    expect(eve.page.get_by_text("isn't on this server's list")).to_be_visible()
    expect(eve.key("sign_out")).to_be_visible()
    expect(eve.input).to_have_count(0)


def test_an_admin_switches_somebody_off_who_is_gone_at_the_next_click(
    team: RunningApp, visit: Visit
) -> None:
    ann, bob = sign_in(visit(team).open(), "ann"), sign_in(visit(team).open(), "bob")
    bob.open("/people")
    expect(bob.page.get_by_role("heading", name="Page not found")).to_be_visible()
    bob.open()
    ann.open("/people")
    row = ann.page.locator('[class*="st-key-person-oidc"]', has_text="bob@example.org")
    row.get_by_role("button", name="Turn off access").click()
    expect(row).to_contain_text("access off")
    bob.key("new_chat").get_by_role("button").click()
    expect(bob.page.get_by_text(OFF)).to_be_visible()
    expect(bob.input).to_have_count(0)
    bob.open("/history")
    expect(bob.page.get_by_text(OFF)).to_be_visible()
    row.get_by_role("button", name="Turn on access").click()
    expect(row).not_to_contain_text("access off")
    bob.open()
    expect(bob.input).to_be_visible()


def test_a_click_that_writes_without_a_page_ends_at_the_gate_too(
    team: RunningApp, visit: Visit
) -> None:
    ann, bob = sign_in(visit(team).open(), "ann"), sign_in(visit(team).open("/faq"), "bob")
    bob.open("/faq?q=how-images-are-charged")
    vote = bob.page.get_by_role("radio", name="Thumbs up").first
    expect(vote).to_be_visible()
    ann.open("/people")
    row = ann.page.locator('[class*="st-key-person-oidc"]', has_text="bob@example.org")
    row.get_by_role("button", name="Turn off access").click()
    expect(row).to_contain_text("access off")
    vote.click()
    expect(bob.page.get_by_text(OFF)).to_be_visible()
    expect(vote).not_to_be_visible()
    row.get_by_role("button", name="Turn on access").click()
    expect(row).not_to_contain_text("access off")


def test_a_copied_cookie_is_worth_nothing_after_signing_out(team: RunningApp, visit: Visit) -> None:
    bob, thief = sign_in(visit(team).open(), "bob"), visit(team)
    thief.page.context.add_cookies(bob.page.context.cookies())  # type: ignore[arg-type]
    thief.open()
    expect(thief.input).to_be_visible()
    bob.key("sign_out").get_by_role("button").click()
    bob.page.wait_for_url("**/oauth2/end_session**")
    expect(bob.page.get_by_role("button").first).to_be_visible()
    thief.open()
    expect(thief.key("sign_in_go")).to_be_visible()
    expect(thief.input).to_have_count(0)
    bob.open()
    expect(bob.key("sign_in_go")).to_be_visible()
    bob.page.wait_for_timeout(1100)  # ID tokens count whole seconds
    sign_in(bob, "bob")
    expect(bob.input).to_be_visible()


def test_the_sign_in_cookie_is_out_of_reach_of_scripts(team: RunningApp, visit: Visit) -> None:
    bob = sign_in(visit(team).open(), "bob")
    cookies = [c for c in bob.page.context.cookies() if c["name"].startswith("_streamlit_user")]  # type: ignore[typeddict-item]
    assert cookies
    assert all(c["httpOnly"] and c["sameSite"] == "Lax" for c in cookies)  # type: ignore[typeddict-item]


def test_the_shared_password_opens_and_wrong_ones_wait(demo: RunningApp, visit: Visit) -> None:
    person = visit(demo).open("/history")
    expect(person.page.get_by_text("anyone with the password can see")).to_be_visible()
    expect(person.input).to_have_count(0)
    for _ in range(FREE):
        type_password(person, "wrong")
    expect(person.page.get_by_test_id("stAlert")).to_contain_text("Try again in")
    type_password(person, PASSWORD)
    expect(person.page.get_by_test_id("stAlert")).to_contain_text("Try again in")
    person.page.wait_for_timeout(2500)
    type_password(person, PASSWORD)
    expect(person.page.get_by_role("heading", name="History")).to_be_visible()
    assert PASSWORD not in demo.output


def test_the_shared_password_outlives_a_reload_and_a_change_of_server_until_signed_out(
    tmp_path: Path, endpoint: Loopback, visit: Visit
) -> None:
    """Two servers of one host with one database and one secret: cookies know no ports."""
    tables = f'{DEMO}\n[auth]\ncookie_secret = "{"s" * 40}"\n'
    with (
        RunningApp(tmp_path / "both", endpoint.base_url, tables=tables) as one,
        RunningApp(tmp_path / "both", endpoint.base_url, tables=tables) as two,
    ):
        person = visit(one).open("/history")
        with person.page.expect_response("**/signed-in") as changed:
            type_password(person, PASSWORD)
        assert changed.value.status == 204
        assert not changed.value.request.url.partition("?")[2]
        (cookie,) = [c for c in person.page.context.cookies() if c.get("name") == COOKIE]
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")  # type: ignore[typeddict-item]
        heading = person.page.get_by_role("heading", name="History")
        for app in (one, two):
            person.app = app
            person.open("/history")
            expect(heading).to_be_visible()
        with person.page.expect_response("**/signed-in"):
            person.key("sign_out").get_by_role("button").click()
        expect(person.key("login")).to_be_visible()
        assert COOKIE not in [c.get("name") for c in person.page.context.cookies()]
        person.key("login_password").locator("input").fill("wrong")
        person.key("login").get_by_role("button").click()
        expect(person.page.get_by_test_id("stAlert")).to_contain_text("Wrong password")
        for app in (two, one):
            person.app = app
            person.open("/history")
            expect(person.key("login")).to_be_visible()
        for app in (one, two):
            assert PASSWORD not in app.output


def test_after_signing_in_one_is_where_one_wanted_to_go(team: RunningApp, visit: Visit) -> None:
    bob = visit(team).open("/faq?q=how-images-are-charged")
    bob.key("sign_in_go").get_by_role("button").click()
    bob.page.get_by_role("button", name="bob").click()
    bob.page.wait_for_url("**/faq?*q=how-images-are-charged*")
    bob.idle()
    expect(bob.page.get_by_role("radio", name="Thumbs up").first).to_be_visible()
    bob.open("/")
    expect(bob.input).to_be_visible()
    assert bob.page.evaluate("sessionStorage.getItem('tuwen-address')") is None


@pytest.mark.parametrize(
    "kept", ["//evil.example/x", "https://evil.example/", "javascript:alert(1)"]
)
def test_no_kept_address_leads_to_another_host(team: RunningApp, visit: Visit, kept: str) -> None:
    bob = visit(team).open("/")
    bob.page.evaluate(
        "to => sessionStorage.setItem('tuwen-address', JSON.stringify({to, at: Date.now()}))", kept
    )
    sign_in(bob, "bob")
    expect(bob.input).to_be_visible()
    assert bob.page.url.startswith(team.url + "/")
    assert bob.page.evaluate("sessionStorage.getItem('tuwen-address')") is None


@pytest.mark.parametrize(
    ("options", "env", "said"),
    [
        (["--server.address", "0.0.0.0"], {}, "ACCESS_MODE"),
        (["--server.address", "0.0.0.0"], {"ACCESS_MODE": "local"}, "ACCESS_MODE"),
        ([], {"ACCESS_MODE": "password"}, "ACCESS_PASSWORD"),
        ([], {"ACCESS_MODE": "password", "ACCESS_PASSWORD": "short"}, "at least 12"),
        ([], {"ACCESS_MODE": "oidc"}, "ACCESS_ALLOW"),
        ([], {"ACCESS_MODE": "oidc", "ACCESS_ALLOW": "example.org"}, "[auth]"),
        ([], {"ACCESS_MODE": "everybody"}, "local"),
    ],
)
def test_the_server_refuses_to_start_and_says_what_to_set(
    tmp_path: Path, options: list[str], env: dict[str, str], said: str
) -> None:
    run, port = [sys.executable, "-m", "streamlit", "run", "app.py"], str(free_port())
    secrets = tmp_path / "secrets.toml"
    secrets.touch()
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ACCESS_", "LC_"))}
    done = subprocess.run(
        [*run, "--server.port", port, "--secrets.files", str(secrets), *options],
        cwd=ROOT,
        env=clean | {"LANG": "en_US.UTF-8", "DATABASE_URL": f"sqlite:///{tmp_path}/x.db"} | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Tuwen doesn't start" in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.db").exists()
