"""The built-in reader as a client: what it says, in which order, and that it can be stopped."""

import asyncio
import subprocess
import sys
import threading
from contextlib import aclosing

import pytest

from components.errors import ProviderError
from components.i18n import t
from components.providers.base import Finish, ImagePart, Message, TextDelta, Usage, VisionRequest
from components.providers.builtin_reader import MODEL, BuiltinReader, already_read, read_text
from components.providers.builtin_reader.worker import submit
from tests.support.paths import ROOT
from tests.unit.providers.reader_pictures import (
    ask,
    drawn,
    encoded,
    events_of,
    part,
    request,
    said,
)

SIGN = drawn([(60, 60, "OPEN 24 HOURS"), (60, 200, "Ring the bell twice")])
PAGE = drawn(
    [(40, 20 + 45 * row, f"Line number {row} of the page") for row in range(30)], size=(800, 1400)
)


def test_an_answer_about_text_starts_with_the_text() -> None:
    answer = ask("What text is on this sign?", part(SIGN))
    assert answer.startswith("**Text**\n\n> OPEN 24 HOURS  \n> Ring the bell twice\n\n")


def test_without_a_question_everything_is_measured_and_nothing_is_refused() -> None:
    answer = ask("", part(SIGN))
    assert answer.startswith("- **Size:** 800 × 400 px, 0.3 megapixels, 2:1, landscape")
    labels = ("Text", "Text direction", "Small text", "Sharpness", "Light", "Main colours")
    assert [label for label in labels if f"**{label}" not in answer] == []
    assert "language model" not in answer


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "Explain the joke"),
        ("zh", "图里有几只狗？"),
        ("en", "Read the text and translate it"),
    ],
)
def test_what_needs_understanding_is_admitted_after_what_was_found(
    lang: str, question: str
) -> None:
    answer = ask(question, part(SIGN), lang=lang)
    assert answer.endswith(t(lang, "reader.say.not_a_model"))
    assert "OPEN 24 HOURS" in answer


def test_the_answer_is_in_the_requests_language() -> None:
    answer = ask("图里写了什么？", part(SIGN), lang="zh")
    assert answer.startswith("**文字**\n\n> OPEN 24 HOURS")
    assert "正立" in answer
    assert "Size" not in answer


def test_a_question_about_colours_is_answered_first_and_without_reading() -> None:
    unread = drawn([(60, 60, "Not read at all")], paper="#c81e28")
    answer = ask("What are the main colours?", part(unread))
    assert answer.startswith("- **Main colours:** red `#c81e28` 9")
    assert already_read(unread) is None


def test_the_stream_ends_with_one_finish_that_bills_nothing() -> None:
    events = asyncio.run(events_of(request("", part(SIGN))))
    assert events[-1] == Finish("stop", Usage(0, 0), MODEL)
    assert all(isinstance(event, TextDelta) and event.text for event in events[:-1])


def test_every_line_is_a_piece_of_its_own() -> None:
    events = asyncio.run(events_of(request("What does it say?", part(SIGN))))
    pieces = [event.text for event in events if isinstance(event, TextDelta)]
    assert pieces[:3] == ["**Text**", "\n\n> OPEN 24 HOURS", "  \n> Ring the bell twice"]


def test_a_follow_up_question_is_about_the_latest_pictures() -> None:
    messages = (
        Message("user", "Hello", (part(drawn([(60, 60, "Old news")])),)),
        Message("assistant", "..."),
        Message("user", "And this?", (part(SIGN),)),
        Message("assistant", "..."),
        Message("user", "What does it say?"),
    )
    answer = said(VisionRequest(MODEL, messages))
    assert "OPEN 24 HOURS" in answer
    assert "Old news" not in answer


def test_without_a_picture_it_says_what_it_does() -> None:
    assert ask("Hello") == t("en", "reader.say.no_picture")


def test_several_pictures_have_headings() -> None:
    answer = ask("Read this", part(SIGN, "one_a.png"), part(PAGE, "two.png"))
    assert "### A · one\\_a.png\n" in answer
    assert "### B · two.png\n" in answer


def test_a_link_is_not_opened_and_said_so() -> None:
    link = ImagePart("cat.jpg", "high", url="https://example.org/cat.jpg")
    answer = ask("", link, part(SIGN))
    assert t("en", "reader.say.url", name="cat.jpg") in answer
    assert "OPEN 24 HOURS" in answer


def test_a_picture_that_cannot_be_opened_is_named_and_the_others_go_on() -> None:
    broken = ImagePart("broken.png", "high", original=encoded(SIGN)[:200])
    answer = ask("", broken, part(SIGN))
    assert t("en", "reader.say.failed", name="broken.png") in answer
    assert "OPEN 24 HOURS" in answer


def test_a_photo_with_orientation_in_its_metadata_is_measured_upright() -> None:
    photo = ROOT / "../shared/data/images/exif-orientation/Portrait_6.jpg"
    if not photo.exists():
        pytest.skip("the photos of exif-orientation are not beside the repository")
    answer = ask("How big is it?", ImagePart("p.jpg", "high", original=photo.read_bytes()))
    assert answer.startswith("- **Size:** 1200 × 1800 px, 2.2 megapixels, 2:3, portrait")


def test_the_first_words_do_not_wait_for_the_thread() -> None:
    gate = threading.Event()
    busy = submit(gate.wait)

    async def first() -> str:
        async with aclosing(
            BuiltinReader().stream(request("How big is it?", part(SIGN)))
        ) as stream:
            async for event in stream:
                assert isinstance(event, TextDelta)
                return event.text
        raise AssertionError("nothing said")

    try:
        assert asyncio.run(first()).startswith("- **Size:** 800 × 400 px")
        assert not busy.done()
    finally:
        gate.set()


def test_reading_ends_when_nobody_listens_any_more() -> None:
    rows = [(40, 20 + 45 * row, f"Chapter {row} of the book") for row in range(30)]
    book = drawn(rows, size=(800, 1400))

    async def listen_to_one_line() -> None:
        stream = BuiltinReader().stream(request("What does it say?", part(book)))
        async with aclosing(stream) as events:
            async for event in events:
                if isinstance(event, TextDelta) and "Chapter" in event.text:
                    return

    asyncio.run(listen_to_one_line())
    submit(lambda: None).result()  # the thread is free again
    assert already_read(book) is None


def test_a_cancelled_question_in_the_queue_does_no_work_and_holds_nobody_up() -> None:
    gate, queued = threading.Event(), drawn([(60, 60, "Never looked at")])
    submit(gate.wait)

    async def cancel_while_waiting() -> None:
        task = asyncio.create_task(events_of(request("What does it say?", part(queued))))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel_while_waiting())
    gate.set()
    assert "OPEN 24 HOURS" in ask("What does it say?", part(SIGN))
    assert already_read(queued) is None


def test_two_questions_at_once_are_both_answered() -> None:
    async def both() -> list[str]:
        asked = (request("Read", part(SIGN)), request("读一下", part(SIGN), lang="zh"))
        answers = await asyncio.gather(*(events_of(one) for one in asked))
        return ["".join(e.text for e in one if isinstance(e, TextDelta)) for one in answers]

    english, chinese = asyncio.run(both())
    assert "OPEN 24 HOURS" in english
    assert "OPEN 24 HOURS" in chinese


def test_what_was_read_is_remembered() -> None:
    picture = drawn([(60, 60, "Remember me")])
    assert already_read(picture) is None
    lines = read_text(encoded(picture))
    assert already_read(picture) == lines


def test_a_closed_reader_fails() -> None:
    reader = BuiltinReader()
    asyncio.run(reader.close())

    async def use() -> None:
        async for _ in reader.stream(request("")):
            pass

    with pytest.raises(ProviderError):
        asyncio.run(use())


def test_it_offers_one_model() -> None:
    assert asyncio.run(BuiltinReader().list_models()) == ["builtin-reader"]


def test_without_the_ocr_library_it_fails_with_a_code_and_keeps_what_it_said() -> None:
    script = """
import asyncio, sys
sys.modules["rapidocr"] = None
from components.errors import ProviderError
from components.providers.builtin_reader import BuiltinReader
from tests.unit.providers.reader_pictures import drawn, part, request

async def go():
    said = ""
    try:
        async for event in BuiltinReader().stream(request("", part(drawn([])))):
            said += event.text
    except ProviderError as error:
        print(error.code, error.data["model"], "Size" in said)

asyncio.run(go())
"""
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "reader_failed builtin-reader True"
