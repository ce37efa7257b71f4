"""Asking an endpoint: what goes out, what it costs, stop, errors, coming back."""

import re
import time
from pathlib import Path

from playwright.sync_api import Route, expect

from tests.e2e.browser.running import KEY, RunningApp
from tests.e2e.browser.visiting import Visit
from tests.support.loopback.reply import DONE, Reply, chunk, event, usage_chunk
from tests.support.loopback.server import Loopback


def say(text: str, prompt: int = 100, completion: int = 20) -> Reply:
    """A gpt-4o that answers `text`, word by word."""
    words = [event(chunk(word, model="gpt-4o")) for word in re.findall(r"\S+\s*", text)]
    end = event(chunk(finish="stop", model="gpt-4o"))
    bill = event(usage_chunk(prompt, completion, model="gpt-4o"))
    return Reply((*words, end, bill, DONE))


def test_two_pictures_with_their_price_before_and_after(
    app: RunningApp, endpoint: Loopback, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    person.drop_in(*pictures)
    # 1600 x 1200 -> 1024 x 768 -> 4 tiles; the same upright: 765 tokens each, 2.50 USD a million
    expect(person.cards.first).to_contain_text("$0.0019")
    shown = person.look_into(person.cards.first)
    expect(shown).to_contain_text("1600 × 1200 → 1024 × 768")
    expect(shown).to_contain_text("765 tokens · $0.0019")
    person.close_window()
    expect(person.key("cost_estimate")).to_contain_text("2 images 1,530")
    endpoint.enqueue(say("They differ.", prompt=1545, completion=12))
    answer = person.ask("Is there any difference?")
    expect(answer).to_contain_text("They differ.")
    # text: 5 tokens and the request's 7
    expect(person.key("cost_billed")).to_contain_text(
        re.compile(r"^gpt-4o · \d\d:\d\d · \$0.004 · ")
    )
    bill = person.open_bill(answer)
    expect(bill).to_contain_text("1,545 tokens in (estimated 1,542, +3)")
    person.page.keyboard.press("Escape")
    answer.get_by_role("button", name="Copy answer").click()
    expect(person.page.locator(".tuwen-toast")).to_have_text("Copied")
    assert person.page.evaluate("navigator.clipboard.readText()") == "They differ."

    sent = endpoint.asked()[-1].body
    content = sent["messages"][-1]["content"]
    assert [part["type"] for part in content] == ["image_url", "image_url", "text"]
    assert all(p["image_url"]["url"].startswith("data:image/") for p in content[:2])
    assert sent["stream_options"] == {"include_usage": True}

    # the next turn sends both again, and says so before it does
    expect(person.key("context_strip")).to_contain_text("2 images resent · 1,530 tokens")
    endpoint.enqueue(say("Still.", prompt=1570))
    person.ask("Sure?")
    again = endpoint.asked()[-1].body["messages"]
    assert [m["role"] for m in again] == ["user", "assistant", "user"]
    assert len(again[0]["content"]) == 3


def test_detail_and_removal_change_the_price_at_once(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    person.drop_in(*pictures)
    shown = person.look_into(person.cards.first)
    shown.locator('[class*="st-key-detail-"]').get_by_text("low", exact=True).click()
    expect(shown).to_contain_text("85 tokens")
    expect(shown).to_contain_text("→ 512 × 384")
    person.close_window()
    expect(person.key("cost_estimate")).to_contain_text("2 images 850")
    person.cards.first.get_by_role("button", name="Remove").click()
    expect(person.cards).to_have_count(1)
    expect(person.key("cost_estimate")).to_contain_text("1 image 765")


def test_stop_in_mid_stream_keeps_what_came(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("fake-slow")
    person.send("count")
    message = person.page.get_by_test_id("stChatMessage").last
    expect(message).to_contain_text("1 2 3 4 5")
    person.key("stop").locator("button").click()
    expect(person.key("stop")).to_have_count(0)
    expect(person.answers.last).to_contain_text("Stopped. The partial answer is saved.")
    expect(person.answers.last).to_contain_text("1 2 3 4 5")
    assert endpoint.asked()[-1].left.wait(10)


def test_stop_before_the_first_word(app: RunningApp, endpoint: Loopback, visit: Visit) -> None:
    person = visit(app).open()
    person.pick_model("fake-silent")
    person.send("anybody there?")
    expect(
        person.page.get_by_text(re.compile("waiting for the first token · [1-9]"))
    ).to_be_visible()
    person.key("stop").locator("button").click()
    expect(person.key("stop")).to_have_count(0)
    expect(person.answers.last).to_contain_text("Stopped before the first token.")
    assert endpoint.asked()[-1].left.wait(10)


def test_a_refused_key_gives_the_draft_back(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.pick_model("fake-status-401")
    person.drop_in(pictures[0])
    person.send("What is it?")
    expect(person.answers.last).to_contain_text("rejected the key", timeout=15_000)
    expect(person.answers.last).to_contain_text("Check the key of this endpoint")
    expect(person.input).to_have_value("What is it?")
    expect(person.cards).to_have_count(1)


def test_one_comes_back_by_the_address(app: RunningApp, endpoint: Loopback, visit: Visit) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(say("A remembered answer."))
    person.ask("Remember me")
    address = person.page.url.removeprefix(app.url)
    other = visit(app).open(address)
    expect(other.answers.last).to_contain_text("A remembered answer.")
    expect(other.key("title_chip")).to_contain_text("Remember me")


def test_an_answer_goes_on_through_a_reload_and_is_seen_in_a_second_tab(
    app: RunningApp, visit: Visit
) -> None:
    person = visit(app).open()
    person.pick_model("fake-slow")
    person.send("count on")
    expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3")
    expect(person.page).to_have_url(re.compile("c="))
    second = visit(app)
    second.page.goto(person.page.url)
    expect(second.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3 4 5 6 7")
    person.page.reload()
    expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("10 11 12 13 14")
    person.key("stop").locator("button").click()
    expect(person.answers.last).to_contain_text("Stopped")
    expect(second.answers.last).to_contain_text("Stopped")


def test_an_unknown_conversation_is_said_not_to_be_there(app: RunningApp, visit: Visit) -> None:
    person = visit(app).open("/?c=" + "0" * 32)
    expect(person.page.get_by_text("This conversation doesn't exist")).to_be_visible()


def test_draft_images_survive_a_change_of_page(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.drop_in(*pictures)
    person.page.get_by_role("link", name="History").click()
    expect(person.page.get_by_role("heading", name="History")).to_be_visible()
    person.page.get_by_role("link", name="Chat").click()
    expect(person.cards).to_have_count(2)


def test_a_picture_pasted_into_the_chat_input_reaches_the_tray(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.ready()
    person.input.click()
    give(person.page, pictures[0], "paste")
    expect(person.cards).to_have_count(1)
    expect(person.cards.first.get_by_alt_text("wide.png")).to_be_visible()


def test_a_picture_dropped_anywhere_reaches_the_tray(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app).open()
    person.ready()
    give(person.page, pictures[1], "drop")
    expect(person.cards).to_have_count(1)
    expect(person.cards.first.get_by_alt_text("tall.jpg")).to_be_visible()


def test_a_picture_dropped_before_the_page_is_whole_waits_for_it(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path]
) -> None:
    person = visit(app)
    held: list[Route] = []
    person.page.route("**/FileUploader*.js", lambda route: held.append(route))
    person.open()
    tray = person.key("image_tray")
    person.ready()
    assert held
    assert not tray.locator('input[type="file"]').count()
    give(person.page, pictures[1], "drop")
    expect(tray.get_by_text("Reading")).to_be_visible()
    for route in held:
        route.continue_()
    expect(person.cards).to_have_count(1)
    expect(person.cards.first.get_by_alt_text("tall.jpg")).to_be_visible()


def test_a_broken_file_is_named_and_the_others_stay(
    app: RunningApp, visit: Visit, pictures: tuple[Path, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "notes.png"
    broken.write_text("no picture at all")
    person = visit(app).open()
    picker = person.key("image_tray").locator('input[type="file"]')
    picker.set_input_files([str(pictures[0]), str(broken)])
    expect(person.cards).to_have_count(1)
    expect(person.key("image_tray")).to_contain_text("“notes.png” isn't an image.")


def test_a_remote_picture_in_an_answer_is_never_loaded(
    app: RunningApp, endpoint: Loopback, visit: Visit
) -> None:
    with Loopback() as spy:
        trap = f"http://127.0.0.1:{spy.port}"
        tricks = (
            f"Look: ![a]({trap}/a.png) [![b]({trap}/b.png)](x) <img src='{trap}/c.png'> ![d][e]"
        )
        endpoint.enqueue(say(f"{tricks}\n\n[e]: {trap}/d.png"))
        person = visit(app).open()
        person.pick_model("gpt-4o")
        person.ask("Show me")
        person.page.wait_for_timeout(500)
        assert spy.history == []


def test_history_lists_opens_and_deletes(app: RunningApp, endpoint: Loopback, visit: Visit) -> None:
    person = visit(app).open()
    person.pick_model("gpt-4o")
    endpoint.enqueue(say("Kept."))
    person.ask("Delete this one")
    person.open("/history")
    rows = person.key("history_list").locator('[class*="st-key-row-"]')
    expect(rows.first).to_contain_text("Delete this one")
    rows.first.get_by_role("link").click()
    expect(person.answers.last).to_contain_text("Kept.")
    person.open("/history")
    before = rows.count()
    rows.first.get_by_role("button", name="Delete").click()
    expect(rows).to_have_count(before - 1)
    expect(person.page.get_by_text("Delete this one")).to_have_count(0)
    person.key("undo_delete").locator("button").click()
    expect(rows).to_have_count(before)
    expect(rows.first).to_contain_text("Delete this one")


def test_the_key_is_nowhere(app: RunningApp, endpoint: Loopback, visit: Visit) -> None:
    """Neither in a frame that the server sends, nor in the page, the database or the log."""
    frames: list[bytes] = []
    person = visit(app)
    person.page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda data: frames.append(data if isinstance(data, bytes) else data.encode()),
        ),
    )
    person.open()
    person.pick_model("fake-status-401")
    person.send("key?")
    expect(person.answers.last).to_contain_text("rejected the key", timeout=15_000)
    time.sleep(0.5)
    canary = KEY.encode()
    assert endpoint.asked()[-1].headers["authorization"] == f"Bearer {KEY}"
    assert frames
    assert not [frame for frame in frames if canary in frame]
    assert KEY not in person.page.content()
    kept = [path for path in app.folder.iterdir() if path.name != "secrets.toml"]
    assert {"tuwen.db", "server.log"} <= {path.name for path in kept}
    assert not [path for path in kept if canary in path.read_bytes()]


def give(page: object, path: Path, how: str) -> None:
    """Paste or drop a file the way a browser does."""
    import base64

    page.evaluate(  # type: ignore[attr-defined]
        """([data, name, type, how]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], name, { type }));
            const target = how === "paste" ? document.activeElement : document.body;
            const how_far = { bubbles: true, cancelable: true };
            const event = how === "paste"
                ? new ClipboardEvent("paste", { clipboardData: transfer, ...how_far })
                : new DragEvent("drop", { dataTransfer: transfer, ...how_far });
            target.dispatchEvent(event);
        }""",
        [base64.b64encode(path.read_bytes()).decode(), path.name, "image/png", how],
    )
