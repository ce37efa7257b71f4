"""The viewer for two pictures and the crop, on a page of their own, in a real browser."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.browser.running import ROOT, RunningApp, free_port

SERVER = "tests/e2e/browser/compare/viewer_app.py"
FIRST_CHANGE = (400, 480, 520, 540)  # the largest of viewer_page.CHANGES
GREEN = (29, 122, 58)


class ViewerPage(RunningApp):
    """Runs viewer_app.py instead of the app."""

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", SERVER, "--server.port"]
        with (self.folder / "server.log").open("ab") as store:
            self.process = subprocess.Popen(
                [*command, str(self.port)],
                cwd=ROOT,
                env=dict(os.environ),
                stdout=store,
                stderr=store,
            )
        self._wait()
        return self


@dataclass
class Looking:
    """Somebody in front of the viewer."""

    page: Page
    problems: list[str]
    received: list[int]

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def pressed(self, name: str) -> str | None:
        button = self.page.get_by_role("button", name=name, exact=True)
        return button.get_attribute("aria-pressed")

    def find(self, selector: str) -> Locator:
        return self.page.locator(selector)

    @property
    def zoom(self) -> int:
        return int(self.find(".percent").inner_text().removesuffix("%"))

    def colour(self, x: float, y: float) -> tuple[int, ...]:
        """What is shown at (x, y), shares of the first pane."""
        box = self.box(".one .pane")
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        at = (int(box["x"] + x * box["width"]), int(box["y"] + y * box["height"]))
        found = shot.getpixel(at)
        assert isinstance(found, tuple)
        return found

    def box(self, selector: str) -> dict[str, float]:
        found = self.find(selector).bounding_box()
        assert found is not None
        return dict(found)

    def middle(self, selector: str) -> tuple[float, float]:
        box = self.box(selector)
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def idle(self) -> None:
        self.page.wait_for_timeout(100)
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning"
        )


Look = Callable[..., Looking]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[RunningApp]:
    with ViewerPage(tmp_path_factory.mktemp("viewer")) as running:
        yield running


@pytest.fixture
def look(browser: Browser, server: RunningApp) -> Iterator[Look]:
    """look(path, width=..., dark=..., ...); what the browser complains of fails the test."""
    people: list[Looking] = []

    def come(path: str = "/", *, width: int = 1280, **options: object) -> Looking:
        context = browser.new_context(
            viewport={"width": width, "height": 860},
            locale="en-US",
            **options,  # type: ignore[arg-type]
        )
        person = Looking(context.new_page(), [], [])
        people.append(person)
        page = person.page
        page.on("pageerror", lambda error: person.problems.append(str(error)))
        page.on("console", lambda m: person.problems.append(m.text) if m.type == "error" else None)
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda f: person.received.append(len(f))),
        )
        page.goto(server.url + path)
        expect(page.locator(".percent")).not_to_be_empty()
        page.wait_for_function(
            """() => [...document.querySelectorAll('[data-testid="stBidiComponentIsolated"]')]
            .flatMap((host) => [...host.shadowRoot.querySelectorAll("img[src]")])
            .every((img) => img.complete && img.naturalWidth > 0)"""
        )
        person.idle()
        return person

    yield come
    for person in people:
        assert person.problems == []
        person.page.context.close()


def test_side_by_side_both_panes_zoom_and_move_together(look: Look) -> None:
    person = look()
    fits = person.zoom
    x, y = person.middle(".one .pane")
    person.page.mouse.move(x + 60, y + 30)
    person.page.mouse.wheel(0, -500)
    expect(person.find(".percent")).not_to_have_text(f"{fits}%")
    place = "(s) => [s.style.left, s.style.top, s.style.width]"
    zoomed = person.find(".sheet.first").evaluate(place)
    assert person.find(".sheet.other").evaluate(place) == zoomed
    person.page.mouse.down()
    person.page.mouse.move(x - 20, y, steps=3)
    person.page.mouse.up()
    dragged = person.find(".sheet.first").evaluate(place)
    assert dragged != zoomed
    assert person.find(".sheet.other").evaluate(place) == dragged
    person.press("Fit")
    assert person.zoom == fits


def test_the_point_under_the_wheel_stays_where_it_is(look: Look) -> None:
    person = look()
    person.press("Slider")
    change = person.box('.one .marks [data-number="1"]')
    x, y = change["x"] + change["width"] / 2, change["y"] + change["height"] / 2
    person.page.mouse.move(x, y)
    person.page.mouse.wheel(0, -300)
    person.page.wait_for_timeout(100)
    moved = person.middle('.one .marks [data-number="1"]')
    assert moved == pytest.approx((x, y), abs=3)


def test_a_double_click_shows_every_pixel_and_then_all_again(look: Look) -> None:
    person = look()
    fits = person.zoom
    person.find(".one .pane").dblclick()
    assert person.zoom == 100
    person.find(".one .pane").dblclick()
    assert person.zoom == fits


def test_single_pixels_are_crisp_when_they_are_large(look: Look) -> None:
    person = look()
    rendering = "(img) => img.style.imageRendering"
    assert person.find(".first img").evaluate(rendering) == "auto"
    for _ in range(8):
        person.press("Zoom in")
    assert person.zoom > 200
    assert person.find(".first img").evaluate(rendering) == "pixelated"


def test_keys_move_and_zoom(look: Look) -> None:
    person = look()
    fits = person.zoom
    person.find(".stage").focus()
    person.page.keyboard.press("+")
    person.page.keyboard.press("+")
    assert person.zoom > 1.5 * fits
    left = "(s) => s.left"
    before = person.find(".sheet.first").evaluate(left)
    person.page.keyboard.press("ArrowRight")
    assert person.find(".sheet.first").evaluate(left) == pytest.approx(before - 60, abs=1)
    person.page.keyboard.press("1")
    assert person.zoom == 100
    person.page.keyboard.press("0")
    assert person.zoom == fits


def test_at_fit_the_wheel_scrolls_the_page_on(look: Look) -> None:
    person = look()
    person.page.mouse.move(*person.middle(".one .pane"))
    before = person.box(".one .pane")["y"]
    person.page.mouse.wheel(0, 200)
    person.page.wait_for_timeout(300)
    assert person.box(".one .pane")["y"] < before


def test_the_slider_shows_the_second_right_of_the_handle(look: Look) -> None:
    person = look()
    person.press("Slider")
    person.press("Boxes")
    handle = person.page.get_by_role("slider", name="Divider between the two images")
    expect(handle).to_have_attribute("aria-valuenow", "50")
    expect(handle).to_have_attribute("aria-valuetext", "A 50%, B 50%")
    inside = (0.49, 0.85)  # in a change, left of the middle
    assert person.colour(*inside) != pytest.approx(GREEN, abs=12)
    x, y = person.middle(".handle")
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    person.page.mouse.move(x - 0.3 * person.box(".one .pane")["width"], y, steps=4)
    person.page.mouse.up()
    expect(handle).to_have_attribute("aria-valuenow", "20")
    assert person.colour(*inside) == pytest.approx(GREEN, abs=12)
    handle.focus()
    for key, now in (("ArrowRight", "22"), ("ArrowLeft", "20"), ("PageUp", "30"), ("End", "100")):
        person.page.keyboard.press(key)
        expect(handle).to_have_attribute("aria-valuenow", now)
    assert person.colour(*inside) != pytest.approx(GREEN, abs=12)


def test_the_overlay_mixes_both_as_the_opacity_says(look: Look) -> None:
    person = look()
    person.press("Overlay")
    person.press("Boxes")
    opacity = person.page.get_by_role("slider", name="Opacity of the second")
    seen = []
    for value in ("0", "50", "100"):
        opacity.fill(value)
        seen.append(person.colour(0.49, 0.85)[0])
    assert seen[2] == pytest.approx(GREEN[0], abs=12)
    assert seen[1] == pytest.approx((seen[0] + seen[2]) / 2, abs=12)


def shown_for(person: Looking) -> set[str | None]:
    """All that is shown within two blinks and a half."""
    seen = set()
    for _ in range(12):
        seen.add(person.find(".viewer").get_attribute("data-shown"))
        person.page.wait_for_timeout(140)
    return seen


def test_blinking_stops_when_nobody_looks(look: Look) -> None:
    person = look()
    person.press("Blink")
    assert person.pressed("Play") == "true"
    for shown in ("a", "b", "a"):
        expect(person.find(".viewer")).to_have_attribute("data-shown", shown)
    hide = """(hidden) => { Object.defineProperty(document, "hidden", {get: () => hidden,
        configurable: true}); document.dispatchEvent(new Event("visibilitychange")) }"""
    person.page.evaluate(hide, True)
    kept = person.find(".viewer").get_attribute("data-shown")
    assert shown_for(person) == {kept}
    person.page.evaluate(hide, False)
    expect(person.find(".viewer")).not_to_have_attribute("data-shown", str(kept))


def test_who_wants_less_motion_changes_the_pictures_by_hand(look: Look) -> None:
    person = look(reduced_motion="reduce")
    person.press("Blink")
    assert person.pressed("Play") == "false"
    assert shown_for(person) == {"a"}
    person.press("Show the other")
    expect(person.find(".viewer")).to_have_attribute("data-shown", "b")


def test_the_heat_map_is_shown_in_the_place_of_both(look: Look) -> None:
    person = look()
    person.press("Boxes")
    person.press("Heat map")
    red, green, blue = person.colour(0.5, 0.3)  # the disc, alike in both: pale grey
    assert max(red, green, blue) - min(red, green, blue) < 12
    red, _, blue = person.colour(0.81, 0.28)  # a change
    assert red > blue + 60


def test_next_goes_from_region_to_region(look: Look) -> None:
    person = look()
    expect(person.find(".region")).to_have_text("3 in all")
    person.press("Next region")
    expect(person.find(".region")).to_have_text("1 of 3")
    assert person.zoom > 60
    pane = person.middle(".one .pane")
    mark = person.middle('.one .marks [data-number="1"]')
    assert mark[0] == pytest.approx(pane[0], abs=6)
    mark_of_second = person.box('.two .marks [data-number="1"]')
    assert mark_of_second["width"] == pytest.approx(
        (FIRST_CHANGE[2] - FIRST_CHANGE[0]) * person.zoom / 100, rel=0.15
    )
    for _ in range(3):
        person.press("Next region")
    expect(person.find(".region")).to_have_text("1 of 3")
    person.press("Previous region")
    expect(person.find(".region")).to_have_text("3 of 3")


def test_boxes_can_be_taken_away(look: Look) -> None:
    person = look()
    expect(person.find(".one .marks div")).to_have_count(3)
    person.press("Boxes")
    assert person.pressed("Boxes") == "false"
    expect(person.find(".one .marks")).to_be_hidden()
    expect(person.find(".two .marks")).to_be_hidden()


def test_pictures_that_cannot_be_aligned_stay_side_by_side_and_say_why(look: Look) -> None:
    person = look("/?kind=shapes")
    expect(person.find(".why")).to_have_text("These two can't be laid over each other.")
    for name in ("Slider", "Overlay", "Blink", "Heat map"):
        expect(person.page.get_by_role("button", name=name, exact=True)).to_be_disabled()
    expect(person.find(".two figcaption")).to_contain_text("200 × 1100 px")
    person.press("Zoom in")
    shown = person.box(".sheet.other")
    assert shown["height"] / shown["width"] == pytest.approx(1100 / 200, rel=0.02)


def test_a_rerun_does_not_send_the_pictures_again(look: Look) -> None:
    person = look("/?kind=large")
    assert sum(person.received) > 400_000
    person.press("Slider")
    person.press("Zoom in")
    zoom = person.zoom
    for _ in range(3):
        person.received.clear()
        person.press("Run again")
        person.idle()
        assert 0 < sum(person.received) < 8_000
    assert person.zoom == zoom
    assert person.pressed("Slider") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_panes_are_one_above_the_other(look: Look, scheme: str) -> None:
    person = look("/?lang=zh", width=390, color_scheme=scheme)
    one, two = person.box(".one .pane"), person.box(".two .pane")
    assert two["y"] > one["y"] + one["height"]
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 390
    person.press("滑块")
    expect(person.find(".two")).to_be_hidden()
    style = "(b) => { const s = getComputedStyle(b); return s.color }"
    light = sum(map(int, person.find(".percent").evaluate(style)[4:-1].split(","))) > 380
    assert light is (scheme == "dark")


def test_two_fingers_zoom(look: Look) -> None:
    person = look(width=390, has_touch=True)
    fits = person.zoom
    x, y = person.middle(".one .pane")
    client = person.page.context.new_cdp_session(person.page)

    def touch(kind: str, apart: float) -> None:
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        client.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [] if kind == "touchEnd" else points},
        )

    touch("touchStart", 20)
    for apart in (30, 45, 60):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    person.page.wait_for_timeout(200)
    assert person.zoom == pytest.approx(3 * fits, rel=0.2)


class Cropping:
    """Somebody who draws on the crop; places are in px of the original (900 x 600)."""

    def __init__(self, person: Looking) -> None:
        self.person = person
        person.find(".canvas").scroll_into_view_if_needed()
        person.page.wait_for_timeout(200)
        self.shown = person.box(".canvas")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        scale = self.shown["width"] / 900
        places = [
            (self.shown["x"] + x * scale, self.shown["y"] + y * scale) for x, y in (start, end)
        ]
        mouse = self.person.page.mouse
        mouse.move(*places[0])
        mouse.down()
        mouse.move(*places[1], steps=5)
        mouse.up()
        self.person.idle()

    @property
    def chosen(self) -> tuple[int, ...] | None:
        """What Python was told."""
        said = self.person.page.get_by_text("Chosen: ").inner_text().removeprefix("Chosen: ")
        return None if said == "None" else tuple(map(int, said.strip("()").split(",")))


def test_a_rectangle_is_drawn_moved_and_resized(look: Look) -> None:
    hand = Cropping(look())
    assert hand.chosen is None
    hand.drag((100, 60), (300, 260))
    assert hand.chosen == pytest.approx((100, 60, 300, 260), abs=3)
    hand.drag((200, 160), (250, 200))
    assert hand.chosen == pytest.approx((150, 100, 350, 300), abs=5)
    hand.drag((350, 300), (450, 330))
    assert hand.chosen == pytest.approx((150, 100, 450, 330), abs=7)
    hand.drag((300, 200), (-400, 200))
    assert hand.chosen is not None
    assert hand.chosen[0] == 0
    assert hand.chosen[2] == pytest.approx(300, abs=5)
    hand.person.press("Whole image")
    hand.person.idle()
    assert hand.chosen is None


def test_a_rectangle_is_made_with_keys_alone(look: Look) -> None:
    person = look()
    hand = Cropping(person)
    person.find(".frame").focus()
    for key in ("Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowUp", "ArrowRight", "ArrowDown"):
        person.page.keyboard.press(key)
    expect(person.page.get_by_text("Chosen: (9, 6, 900, 594)")).to_be_visible()
    expect(person.find(".told")).to_have_text("891 × 588 px, from x 9, y 6")
    assert hand.chosen == (9, 6, 900, 594)


def test_a_click_without_a_drag_chooses_nothing(look: Look) -> None:
    hand = Cropping(look())
    hand.drag((100, 100), (102, 101))
    assert hand.chosen is None


def test_a_choice_does_not_send_the_picture_again(look: Look) -> None:
    person = look("/?kind=large")
    hand = Cropping(person)
    person.received.clear()
    hand.drag((100, 60), (300, 260))
    assert hand.chosen is not None
    assert sum(person.received) < 8_000
