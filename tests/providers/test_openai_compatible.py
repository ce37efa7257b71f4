"""The client against a real server: what it sends, what it understands, how it ends."""

import asyncio
import base64
import contextlib
import io
import json

import pytest
from PIL import Image

from components.presets import step_by_step
from components.providers.base import Finish, ImagePart, Message, TextDelta, Usage, VisionRequest
from components.providers.openai_compatible import OpenAICompatible
from tests.loopback import (
    CLOSE,
    DONE,
    Loopback,
    Reply,
    Wait,
    answer,
    chunk,
    error,
    event,
    usage_chunk,
    whole,
)
from tests.providers.asking import ask, ask_all, endpoint, image, question

SSE = {"Content-Type": "text/event-stream"}


def png(width: int, height: int, colour: str) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


# --- what it understands ---------------------------------------------------------------------


def test_text_arrives_exactly_and_in_order(loopback: Loopback) -> None:
    loopback.enqueue(answer("Hel", "lo ", "图问", " 🙂\n", "\u2028 end"))
    heard = ask(endpoint(loopback), question())
    assert heard.text == "Hello 图问 🙂\n\u2028 end"
    assert heard.finish == Finish("stop", Usage(11, 7), "fake-vision")


def test_characters_cut_between_packets_come_out_whole(loopback: Loopback) -> None:
    raw = event(chunk("图像里有一只🐈")) + event(chunk(finish="stop")) + DONE
    packets: list[bytes | Wait] = []
    for at in range(0, len(raw), 7):
        packets += [raw[at : at + 7], Wait(0.001)]
    loopback.enqueue(Reply(packets))
    assert ask(endpoint(loopback), question()).text == "图像里有一只🐈"


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
@pytest.mark.parametrize("space", [b"", b" "])
def test_any_line_end_and_no_space_after_the_colon_are_fine(
    loopback: Loopback, end: bytes, space: bytes
) -> None:
    chunks = [chunk("a"), chunk("b"), chunk(finish="stop")]
    events = [b"data:" + space + json.dumps(each).encode() + end + end for each in chunks]
    cut = events[0].index(end) + 1  # between CR and LF
    loopback.enqueue(
        Reply([b": hello" + end, events[0][:cut], Wait(0.01), events[0][cut:], *events[1:]])
    )
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("ab", "stop")


def test_usage_in_every_chunk_is_counted_once(loopback: Loopback) -> None:
    steps = [event({**chunk(str(n)), "usage": usage_chunk(100, n)["usage"]}) for n in range(1, 6)]
    steps.append(event({**chunk(finish="stop"), "usage": usage_chunk(100, 5)["usage"]}))
    loopback.enqueue(Reply([*steps, DONE]))
    assert ask(endpoint(loopback), question()).finish.usage == Usage(100, 5)


def test_cached_and_reasoning_tokens_are_reported(loopback: Loopback) -> None:
    steps = [
        event(chunk("a", finish="stop")),
        event(usage_chunk(900, 70, cached=512, reasoning=64)),
    ]
    loopback.enqueue(Reply([*steps, DONE]))
    usage = ask(endpoint(loopback), question()).finish.usage
    assert usage == Usage(900, 70, cached=512, reasoning=64)


def test_an_endpoint_without_usage_gives_none(loopback: Loopback) -> None:
    loopback.enqueue(answer("a", tokens=None))
    assert ask(endpoint(loopback), question()).finish.usage is None


@pytest.mark.parametrize(
    "strange",
    [
        {"choices": [], "prompt_filter_results": []},  # Azure's first chunk
        {"choices": None},
        {"choices": [{"index": 0, "delta": None, "finish_reason": None}]},
        {"choices": [{"index": 0, "delta": {"content": None}}]},
        {"choices": [{"index": 0, "delta": {"reasoning_content": "hm", "content": None}}]},
        {"choices": [None]},
        {"usage": None, "choices": [{}]},
        {"usage": {}, "model": ""},
    ],
)
def test_a_chunk_that_says_nothing_is_passed_over(
    loopback: Loopback, strange: dict[str, object]
) -> None:
    loopback.enqueue(
        Reply([event(strange), event(chunk("fine")), event(strange), event(chunk(finish="stop"))])
    )
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("fine", "stop")


def test_a_refusal_is_shown_and_named(loopback: Loopback) -> None:
    steps = [event(chunk(refusal="I can't ")), event(chunk(refusal="help.", finish="stop"))]
    loopback.enqueue(Reply([*steps, DONE]))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("I can't help.", "refusal")


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_a_finish_reason_is_passed_on_even_without_text(loopback: Loopback, reason: str) -> None:
    loopback.enqueue(answer(finish=reason))
    assert ask(endpoint(loopback), question()).finish.reason == reason


def test_the_model_that_answered_and_the_request_id_are_reported(loopback: Loopback) -> None:
    loopback.enqueue(answer("a", model="other-2026-01-01", headers={"x-request-id": "req_42"}))
    finish = ask(endpoint(loopback), question()).finish
    assert (finish.model, finish.request_id) == ("other-2026-01-01", "req_42")


@pytest.mark.parametrize("framing", ["chunked", "eof"])
def test_a_stream_that_ends_without_a_finish_reason_is_no_finished_answer(
    loopback: Loopback, framing: str
) -> None:
    loopback.enqueue(Reply([event(chunk("half an ans"))], framing=framing))  # type: ignore[arg-type]
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("half an ans", None)


def test_a_connection_lost_after_the_finish_costs_nothing(loopback: Loopback) -> None:
    loopback.enqueue(Reply([event(chunk("all")), event(chunk(finish="stop")), Wait(0.05), CLOSE]))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("all", "stop")


def test_an_answer_that_was_not_streamed_is_understood(loopback: Loopback) -> None:
    message = {"role": "assistant", "content": "whole"}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    loopback.enqueue(whole({"model": "m", "choices": choices, "usage": usage_chunk(5, 1)["usage"]}))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish) == ("whole", Finish("stop", Usage(5, 1), "m"))


# --- what it sends ---------------------------------------------------------------------------


def test_the_model_sees_the_images_that_were_sent(loopback: Loopback) -> None:
    images = (
        image(png(640, 480, "#ff0000"), "red.png", "high"),
        image(png(64, 32, "#0000ff"), "blue.png", "low"),
    )
    heard = ask(endpoint(loopback), question("Which is red?", images=images))
    assert heard.text == (
        "I see 2 images.\nImage 1: PNG, 640 x 480 pixels, mean colour #ff0000, detail high.\n"
        "Image 2: PNG, 64 x 32 pixels, mean colour #0000ff, detail low.\nYou asked: Which is red?"
    )
    parts = loopback.asked()[0].body["messages"][0]["content"]
    assert [part["type"] for part in parts] == ["image_url", "image_url", "text"]


def test_a_conversation_is_sent_in_order_with_its_system_prompt_first(loopback: Loopback) -> None:
    messages = (Message("user", "one"), Message("assistant", "two"), Message("user", "three"))
    asked = question(system="Be brief.")
    ask(endpoint(loopback), VisionRequest("fake-vision", messages, asked.parameters))
    body = loopback.asked()[0].body
    assert [(each["role"], each["content"]) for each in body["messages"]] == [
        ("system", "Be brief."),
        ("user", "one"),
        ("assistant", "two"),
        ("user", "three"),
    ]
    assert body["stream"] is True
    assert body["stream_options"] == {"include_usage": True}
    assert not {"max_tokens", "temperature", "response_format"} & body.keys()


def test_parameters_reach_a_model_that_takes_them(loopback: Loopback) -> None:
    asked = question(max_tokens=300, temperature=0.0, answer="json", step_by_step=True)
    heard = ask(endpoint(loopback), asked)
    body = loopback.asked()[0].body
    assert (body["max_tokens"], body["temperature"]) == (300, 0.0)
    assert body["response_format"] == {"type": "json_object"}
    assert "JSON" in body["messages"][0]["content"]
    assert step_by_step()["en"] in body["messages"][0]["content"]
    assert heard.left_out == []


def test_what_a_model_refuses_is_left_out_before_it_is_sent(loopback: Loopback) -> None:
    loopback.enqueue(answer("ok"))
    heard = ask(endpoint(loopback), question(model="gpt-5", max_tokens=300, temperature=0.5))
    body = loopback.asked()[0].body
    assert body["max_completion_tokens"] == 300
    assert not {"max_tokens", "temperature"} & body.keys()
    assert heard.left_out == ["temperature"]


def test_original_detail_goes_only_to_models_that_know_it(loopback: Loopback) -> None:
    seen = image(png(8, 8, "red"), detail="original")
    heard = ask(endpoint(loopback), question(images=(seen,)))
    link = loopback.asked()[0].body["messages"][0]["content"][0]["image_url"]
    assert (link["detail"], heard.left_out) == ("high", ["detail"])
    loopback.enqueue(answer("ok"))
    heard = ask(endpoint(loopback), question(model="gpt-5.4", images=(seen,)))
    link = loopback.asked()[1].body["messages"][0]["content"][0]["image_url"]
    assert (link["detail"], heard.left_out) == ("original", [])


def test_a_link_is_sent_as_it_is_only_where_the_endpoint_fetches_it(loopback: Loopback) -> None:
    linked = ImagePart("cat.jpg", "auto", url="https://example.org/cat.jpg")
    heard = ask(endpoint(loopback), question(images=(linked,)))
    assert (heard.code, loopback.asked()) == ("needs_upload", [])
    heard = ask(endpoint(loopback, public_urls=True), question(images=(linked,)))
    assert heard.text.startswith("I see 1 image.\nImage 1: a link, detail auto.")


def test_the_key_goes_as_a_bearer_and_a_server_without_one_gets_a_placeholder(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-somebody-elses")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-private")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-private")
    ask(endpoint(loopback), question())
    ask(endpoint(loopback, api_key=""), question())
    ask(endpoint(loopback, api_key="azure", api_version="2024-10-21"), question())
    first, second, third = loopback.asked()
    assert first.headers["authorization"] == "Bearer sk-canary-4f9a71c2e8b35d60"
    assert second.headers["authorization"] == "Bearer none"
    assert third.headers["api-key"] == "azure"
    assert third.path.endswith("?api-version=2024-10-21")
    sent = json.dumps([each.headers for each in loopback.history])
    assert "private" not in sent
    assert "somebody" not in sent


def test_one_client_keeps_its_connection(loopback: Loopback) -> None:
    ask_all(endpoint(loopback), [question(), question(), question()])
    assert {each.connection for each in loopback.asked()} == {1}


# --- refused parameters ----------------------------------------------------------------------


def unsupported(name: str, **fields: object) -> Reply:
    given = {"message": f"Unsupported parameter: '{name}'", "param": name, **fields}
    return error(400, **{"code": "unsupported_parameter", **given})


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("temperature", unsupported("temperature", code="unsupported_value")),
        ("response_format", unsupported("response_format")),
        ("stream_options", unsupported("stream_options")),
        ("stream_options", error(400, message="Unknown field: stream_options")),
        (
            "stream_options",
            whole({"detail": [{"loc": ["body", "stream_options"], "msg": "Extra inputs"}]}, 422),
        ),
        ("stream", unsupported("stream", code="unsupported_value")),
    ],
)
def test_a_refused_parameter_is_left_out_and_the_request_sent_once_more(
    loopback: Loopback, name: str, refusal: Reply
) -> None:
    loopback.enqueue(refusal)
    heard = ask(endpoint(loopback), question(temperature=0.2, answer="json"))
    first, second = loopback.asked()
    assert (name in first.body, name in second.body) == (True, False)
    assert heard.left_out == [name]
    assert heard.finish.reason == "stop"
    assert heard.text.startswith("I see 0 images.")


def test_max_tokens_is_renamed_where_it_is_refused(loopback: Loopback) -> None:
    loopback.enqueue(
        unsupported("max_tokens", message="Use 'max_completion_tokens' instead.", code=None)
    )
    heard = ask(endpoint(loopback), question(max_tokens=77))
    assert loopback.asked()[1].body["max_completion_tokens"] == 77
    assert "max_tokens" not in loopback.asked()[1].body
    assert heard.left_out == ["max_tokens"]


def test_detail_is_taken_out_of_every_image_where_it_is_refused(loopback: Loopback) -> None:
    loopback.enqueue(unsupported("detail", param="messages[0].content[0].image_url.detail"))
    seen = tuple(image(png(8, 8, "red"), detail="low") for _ in range(2))
    heard = ask(endpoint(loopback), question(images=seen))
    parts = loopback.asked()[1].body["messages"][0]["content"]
    assert [part.get("image_url", {}).keys() for part in parts] == [{"url"}, {"url"}, set()]
    assert heard.left_out == ["detail"]


def test_refusals_are_remembered_by_model(loopback: Loopback) -> None:
    loopback.enqueue(unsupported("temperature"))
    warm = question(temperature=0.2)
    first, second = ask_all(endpoint(loopback), [warm, warm])
    assert len(loopback.asked()) == 3
    assert first.left_out == second.left_out == ["temperature"]


def test_a_value_that_is_merely_wrong_is_not_hidden(loopback: Loopback) -> None:
    loopback.enqueue(
        error(
            400,
            message="Invalid 'temperature': expected a value <= 2",
            param="temperature",
            code="decimal_above_max_value",
        )
    )
    heard = ask(endpoint(loopback), question(temperature=9.0))
    assert (heard.code, len(loopback.asked())) == ("bad_request", 1)


def test_a_parameter_is_spared_once_and_not_for_ever(loopback: Loopback) -> None:
    loopback.enqueue(*[unsupported("temperature")] * 3)
    heard = ask(endpoint(loopback), question(temperature=0.2))
    assert (heard.code, len(loopback.asked())) == ("bad_request", 2)


def test_an_endpoint_that_sends_nothing_is_asked_once_without_streaming(
    loopback: Loopback,
) -> None:
    loopback.enqueue(Reply())
    heard = ask(endpoint(loopback), question())
    assert "stream" not in loopback.asked()[1].body
    assert (heard.left_out, heard.finish.reason) == (["stream"], "stop")


# --- how it ends -----------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["fake-silent", "fake-slow", "fake-stall"])
def test_cancelling_is_seen_by_the_server_at_once(loopback: Loopback, model: str) -> None:
    async def run() -> float:
        client = OpenAICompatible(endpoint(loopback))
        began = asyncio.Event()

        async def listen() -> None:
            async for each in client.stream(question(model=model)):
                if isinstance(each, TextDelta):
                    began.set()

        task = asyncio.create_task(listen())
        if model == "fake-silent":
            while not loopback.asked():
                await asyncio.sleep(0.01)
        else:
            await began.wait()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
        left = await asyncio.to_thread(loopback.asked()[0].left.wait, 0.5)
        await client.close()
        return left

    assert asyncio.run(run()), "the server still thinks that somebody listens"


def test_leaving_the_stream_early_closes_the_connection(loopback: Loopback) -> None:
    async def run() -> bool:
        client = OpenAICompatible(endpoint(loopback))
        async with contextlib.aclosing(client.stream(question(model="fake-slow"))) as events:
            async for _ in events:
                break
        left = await asyncio.to_thread(loopback.asked()[0].left.wait, 0.5)
        await client.close()
        return left

    assert asyncio.run(run())


def test_models_are_listed_in_the_endpoints_order(loopback: Loopback) -> None:
    async def run() -> list[str]:
        client = OpenAICompatible(endpoint(loopback))
        try:
            return await client.list_models()
        finally:
            await client.close()

    assert asyncio.run(run())[:3] == ["fake-vision", "fake-slow", "fake-silent"]
    for listed, expected in [
        ({"object": "list", "data": None}, []),
        ([{"id": "a"}, {"id": "b"}, {"id": "a"}], ["a", "b"]),
        ({"models": [{"name": "llava:13b", "model": "llava:13b"}, None, {}]}, ["llava:13b"]),
    ]:
        loopback.enqueue(whole(listed))
        assert asyncio.run(run()) == expected
