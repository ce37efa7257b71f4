"""Whatever comes in, however fast: each file is taken once, and nothing vanishes without a word."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.browser.bringing import bring, pngs
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

TWENTY = [f"p{n:02}.png" for n in range(20)]


def names(person: Visitor) -> list[str]:
    pictures = person.cards.locator("img")
    # Streamlit's code of pictures is fetched when the first one is drawn.
    expect(pictures).to_have_count(person.cards.count(), timeout=30_000)
    return sorted(picture.get_attribute("alt") or "" for picture in pictures.all())


@pytest.mark.parametrize("after", [0, 40, 120, 300])
def test_twenty_files_in_ten_drops_are_all_taken_once(
    app: RunningApp, visit: Visit, after: int
) -> None:
    person = visit(app).open()
    person.ready()
    bring(person.page, *[pngs(n, n + 2) for n in range(0, 20, 2)], after=after)
    expect(person.cards).to_have_count(20, timeout=60_000)
    person.idle()
    assert names(person) == TWENTY
    expect(person.key("image_tray").locator(".tuwen-bar.working")).to_have_count(0)


def test_what_is_dropped_while_an_upload_is_under_way_waits_for_its_turn(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    person.ready()
    held: list[Route] = []
    person.page.route("**/_stcore/upload_file/**", lambda route: held.append(route))
    with person.page.expect_request("**/_stcore/upload_file/**"):
        bring(person.page, pngs(0, 1))
    bring(person.page, pngs(1, 2))
    bring(person.page, pngs(2, 3), how="paste")
    person.page.unroute("**/_stcore/upload_file/**")  # lets what is held go on
    expect(person.cards).to_have_count(3, timeout=30_000)
    person.idle()
    assert names(person) == TWENTY[:3]


def test_an_upload_that_fails_is_tried_again_and_at_last_named(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    person.ready()
    failing = [2]

    def refuse(route: Route) -> None:
        if route.request.method == "PUT" and failing[0]:
            failing[0] -= 1
            route.fulfill(status=500)
        else:
            route.continue_()

    person.page.route("**/_stcore/upload_file/**", refuse)
    bring(person.page, pngs(0, 2))
    expect(person.cards).to_have_count(2, timeout=30_000)
    failing[0] = 1000
    bring(person.page, pngs(2, 3))
    tray = person.key("image_tray")
    expect(tray).to_contain_text("“p02.png” couldn't be uploaded. Add it again.", timeout=60_000)
    failing[0] = 0
    bring(person.page, pngs(2, 3))
    expect(person.cards).to_have_count(3, timeout=30_000)
    assert names(person) == TWENTY[:3]


def test_what_is_dropped_without_a_connection_waits_for_it(app: RunningApp, visit: Visit) -> None:
    person = visit(app)
    sockets = []
    down = [False]

    def connect(ws) -> None:  # type: ignore[no-untyped-def]
        if down[0]:
            ws.close()
            return
        ws.connect_to_server()
        sockets.append(ws)

    person.page.route_web_socket("**/_stcore/stream", connect)
    person.open()
    person.ready()
    down[0] = True
    for each in sockets:
        each.close()
    picker = person.key("image_tray").locator('input[type="file"]')
    expect(picker).to_be_disabled(timeout=30_000)
    bring(person.page, pngs(0, 1))
    bring(person.page, pngs(1, 2))
    expect(person.key("image_tray")).to_contain_text("Waiting for the connection")
    down[0] = False
    expect(person.cards.locator("img")).to_have_count(2, timeout=90_000)
    assert names(person) == TWENTY[:2]


def test_sentences_of_one_drop_outlive_the_next(app: RunningApp, visit: Visit) -> None:
    person = visit(app).open()
    person.ready()
    broken = [("notes.png", "image/png", b"no picture at all")]
    bring(person.page, broken, pngs(0, 1), [("more.png", "image/png", b"nor this")], after=300)
    tray = person.key("image_tray")
    for name in ("notes.png", "more.png"):
        expect(tray).to_contain_text(f"“{name}” isn't an image.", timeout=30_000)
    expect(person.cards).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "key", "count"),
    [("/compare", "compare_drop", 4), ("/cost", "cost_drop", 4)],
)
def test_the_other_pages_lose_nothing_either(
    app: RunningApp, visit: Visit, path: str, key: str, count: int
) -> None:
    person = visit(app).open(path)
    person.ready(key)
    bring(person.page, *[pngs(n, n + 1) for n in range(count)], after=100)
    if path == "/compare":
        cards = person.key("compare_cards").locator('[class*="st-key-compare_card-"]')
        expect(cards).to_have_count(count, timeout=30_000)
    else:
        expect(person.page.get_by_text(f"{count} rows added.")).to_be_visible(timeout=30_000)


def test_a_file_over_the_limit_is_named_and_the_others_come(
    app: RunningApp, visit: Visit, tmp_path: Path
) -> None:
    person = visit(app).open()
    person.ready()
    for name in ("big.png", "huge.png"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(51_000_000)
    small = tmp_path / "p00.png"
    small.write_bytes(pngs(0, 1)[0][2])
    picker = person.key("image_tray").locator('input[type="file"]')
    picker.set_input_files([tmp_path / "big.png", small, tmp_path / "huge.png"])
    expect(person.cards).to_have_count(1, timeout=30_000)
    for name in ("big.png", "huge.png"):
        expect(person.key("image_tray")).to_contain_text(f"“{name}” is 51 MB")
