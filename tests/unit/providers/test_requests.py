"""What the client sends to a real server."""

import base64
import io
import json

import pytest
from PIL import Image

from components.presets import step_by_step
from components.providers.base import ImagePart, Message, VisionRequest
from tests.support.loopback import (
    Loopback,
    answer,
)
from tests.unit.providers.asking import ask, ask_all, endpoint, image, question


def png(width: int, height: int, colour: str) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


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


def test_effort_is_sent_to_a_model_that_knows_this_one(loopback: Loopback) -> None:
    efforts = ["minimal", "xhigh", None]
    heard = ask_all(
        endpoint(loopback), [question(model="gpt-5-mini", effort=effort) for effort in efforts]
    )
    assert [each.body.get("reasoning_effort") for each in loopback.asked()] == [
        "minimal",
        None,
        None,
    ]
    assert [each.left_out for each in heard] == [[], ["reasoning_effort"], []]


def test_effort_is_left_out_for_a_model_that_does_not_reason(loopback: Loopback) -> None:
    heard = ask(endpoint(loopback), question(model="gpt-4o", effort="low"))
    assert "reasoning_effort" not in loopback.asked()[0].body
    assert heard.left_out == ["reasoning_effort"]


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
