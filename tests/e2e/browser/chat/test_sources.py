"""In a real browser: an endpoint typed in, pages of a PDF, a photo of the camera."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

from tests.e2e.browser.running import FLAGS, RunningApp, Visitor, chromium
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.server import Loopback
from tests.unit.pdf.documents import document

CANARY = "sk-own-canary-58ab03"
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def field(person: Visitor, key: str) -> Locator:
    return person.page.locator(f".st-key-{key} input")


def model(person: Visitor) -> Locator:
    return person.chip


def type_in(person: Visitor, url: str, key: str = "") -> None:
    """Fill in the form (opened, if it isn't) and test the connection."""
    if not field(person, "own_url").is_visible():
        if not person.key("own_endpoint").is_visible():
            person.chip.click()
        if not field(person, "own_url").is_visible():
            person.key("own_endpoint").locator("summary").click()
    field(person, "own_url").fill(url)
    field(person, "own_key").fill(key)
    person.key("own_test").locator("button").click()
    person.idle()


def test_a_key_that_is_typed_comes_back_nowhere(
    keyless: RunningApp, visit: Visit, loopback: Loopback
) -> None:
    """Not in a frame that the server sends, the page, the address, the database or the log."""
    frames: list[bytes] = []
    person = visit(keyless)
    person.page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda data: frames.append(data if isinstance(data, bytes) else data.encode()),
        ),
    )
    person.open()
    type_in(person, "ftp://nowhere", CANARY)  # refused: the key stays in its field
    expect(person.page.get_by_text("This address isn't valid.")).to_be_visible()
    expect(field(person, "own_key")).to_have_attribute("type", "password")
    person.key("language").get_by_text("中文").click()
    person.idle()
    person.key("language").get_by_text("English").click()
    person.idle()
    type_in(person, loopback.base_url, CANARY)
    expect(person.page.get_by_text("with 10 models")).to_be_visible()
    expect(field(person, "own_key")).to_have_value("")
    person.page.keyboard.press("Escape")
    answer = person.ask("Hello there")
    expect(answer).to_contain_text("You asked: Hello there")
    person.pick_model("fake-status-401")
    person.send("And now?")
    expect(person.answers.last).to_contain_text("Remove this endpoint", timeout=15_000)
    time.sleep(0.5)
    sent = [each for each in loopback.history if each.headers["authorization"].endswith(CANARY)]
    assert len(sent) == len(loopback.history) == 3
    assert frames
    assert not [frame for frame in frames if CANARY.encode() in frame]
    assert CANARY not in person.page.content()
    assert CANARY not in person.page.url
    kept = [path for path in keyless.folder.iterdir() if path.name != "secrets.toml"]
    assert {"tuwen.db", "server.log"} <= {path.name for path in kept}
    assert not [path for path in kept if CANARY.encode() in path.read_bytes()]


def test_a_reload_and_another_tab_know_nothing_of_it(
    keyless: RunningApp, visit: Visit, endpoint: Loopback
) -> None:
    person = visit(keyless).open()
    type_in(person, endpoint.base_url, CANARY)
    expect(model(person)).to_contain_text("fake-vision")
    other = visit(keyless).open()
    expect(model(other)).to_contain_text("built-in reader")
    person.page.reload()
    person.idle()
    expect(model(person)).to_contain_text("built-in reader")


def test_it_is_removed_with_one_click(
    keyless: RunningApp, visit: Visit, endpoint: Loopback
) -> None:
    person = visit(keyless).open()
    type_in(person, endpoint.base_url)
    person.key("own-remove-0").locator("button").click()
    person.idle()
    expect(model(person)).to_contain_text("built-in reader")
    expect(person.key("own-remove-0")).to_have_count(0)


def test_pages_of_a_pdf_reach_the_tray_with_their_text(
    keyless: RunningApp, visit: Visit, tmp_path: Path
) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(document("first words", "second words", "third words"))
    person = visit(keyless).open()
    person.key("image_tray").locator('input[type="file"]').set_input_files(str(report))
    picker = person.key("pdf_picker")
    expect(picker).to_contain_text("report.pdf · 3 pages")
    expect(picker.get_by_role("img", name="Page 3")).to_be_visible()
    expect(picker.get_by_role("button", name="Add 3 pages")).to_be_enabled()
    for other in ("Page 1", "Page 3"):  # the first ones are selected already
        picker.get_by_role("img", name=other).click(force=True)  # the label lies over it
    expect(picker.get_by_role("button", name="Add 1 page")).to_be_enabled()
    picker.get_by_text("Also send the pages' text").click()
    expect(picker).to_contain_text("tokens of text")
    picker.get_by_role("button", name="Add 1 page").click()
    expect(person.cards).to_have_count(1)
    shown = person.look_into(person.cards.first)
    expect(shown).to_contain_text("report.pdf · page 2")
    expect(shown).to_contain_text("1700 × 2200")
    person.close_window()
    expect(person.input).to_have_value("Text of page 2 of report.pdf:\nsecond words\n\n")
    expect(picker).to_have_count(0)


def test_on_a_phone_a_photo_is_taken_by_the_phone_itself(
    keyless: RunningApp, browser: Browser, pictures: tuple[Path, Path]
) -> None:
    phone = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    person = Visitor(phone.new_page(), keyless).open()
    with person.page.expect_file_chooser() as picking:
        person.add("camera_open")
    field = picking.value.element
    picking.value.set_files(str(pictures[1]))
    expect(person.cards).to_have_count(1, timeout=20_000)
    assert field.get_attribute("capture") is None  # for the photo alone
    expect(person.page.get_by_test_id("stCameraInput")).to_have_count(0)
    phone.close()


@pytest.fixture
def camera(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own, with a camera that shows a test picture."""
    started = browser.browser_type.launch(executable_path=chromium(), args=[*FLAGS, *CAMERA])
    yield started.new_context(locale="en-US", viewport={"width": 1280, "height": 860})
    started.close()


def test_a_photo_reaches_the_tray_and_the_camera_is_off_before_and_after(
    keyless: RunningApp, camera: BrowserContext
) -> None:
    person = Visitor(camera.new_page(), keyless).open()
    asked = "navigator.mediaDevices.asked"
    person.page.evaluate(
        """() => {
            const devices = navigator.mediaDevices, real = devices.getUserMedia.bind(devices);
            devices.asked = 0;
            devices.getUserMedia = (spec) => { devices.asked += 1; return real(spec); };
        }"""
    )
    person.key("add_menu").hover()
    person.page.wait_for_timeout(500)
    assert person.page.evaluate(asked) == 0
    person.add("camera_open")
    # before the picture is there, the button does nothing
    expect(person.page.locator("video")).to_have_js_property("readyState", 4, timeout=15_000)
    person.page.get_by_role("button", name="Take photo").click()
    expect(person.cards).to_have_count(1, timeout=15_000)
    expect(person.cards.first.get_by_alt_text(re.compile("^photo "))).to_be_visible()
    assert person.page.evaluate(asked) >= 1
    expect(person.page.get_by_test_id("stCameraInput")).to_have_count(0)
    expect(person.page.locator("video")).to_have_count(0)
