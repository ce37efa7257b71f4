"""A limit met in a real browser: the meter, the refusal, and what stays; then the usage page."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.browser.chat.test_chat import say
from tests.e2e.browser.running import RunningApp
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback

LIMITS = "\n[limits]\nimages_day = 2\nall_usd_month = 5\n"


@pytest.fixture
def app(tmp_path: Path, endpoint: Loopback, browser: Browser) -> Iterator[RunningApp]:
    """The app with limits."""
    with RunningApp(tmp_path / "app", endpoint.base_url, settings=LIMITS) as running:
        yield running


def test_a_limit_is_shown_kept_and_told_of(
    app: RunningApp, endpoint: Loopback, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    meter = person.key("budget_meter")
    expect(meter).to_contain_text("0 of 2 images today")
    person.drop_in(*pictures)
    endpoint.enqueue(say("They differ.", prompt=1545, completion=12))
    person.ask("Is there any difference?")
    expect(meter).to_contain_text("Limit reached: 2 of 2 images today")
    sent = len(endpoint.asked())

    person.page.get_by_role("button", name="New chat").click()
    person.idle()
    person.drop_in(pictures[0])
    person.send("And this one?")
    refusal = person.page.get_by_role("alert").filter(has_text="2 of your 2 images per day")
    expect(refusal).to_be_visible()
    expect(refusal).to_contain_text(re.compile(r"Resets at \d{4}-\d\d-\d\d 00:00 UTC"))
    expect(person.input).to_have_value("And this one?")
    expect(person.cards).to_have_count(1)
    assert len(endpoint.asked()) == sent

    person.page.get_by_role("link", name="Usage").click()
    page = person.key("admin_usage")
    figures = person.key("usage_totals").get_by_test_id("stMetricValue")
    expect(figures).to_have_text([re.compile(r"\$0\.004"), "1", "2"], timeout=20_000)
    # Plotly's code is there in a moment, and takes a busy machine's browser long to run.
    expect(page.locator(".js-plotly-plot")).to_have_count(2, timeout=60_000)
    with person.page.expect_download() as download:
        person.key("usage_csv").get_by_role("button").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert ",gpt-4o,loop,server,1,2,1545,0,0,12," in rows[1]


def test_a_chart_whose_code_could_not_be_fetched_comes_all_the_same(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(say("Yes.", prompt=15, completion=1))
    person.ask("Is it?")
    lost: list[Route] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route)
        return route.abort()

    person.page.route("**/PlotlyChart*.js", lose_the_first)
    person.page.get_by_role("link", name="Usage").click()
    charts = person.key("admin_usage").locator(".js-plotly-plot")
    expect(charts).to_have_count(2, timeout=30_000)
    assert lost
