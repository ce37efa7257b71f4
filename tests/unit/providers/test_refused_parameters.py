"""A parameter that an endpoint refuses is left out, once, and in the open."""

import pytest

from tests.support.loopback import (
    Loopback,
    Reply,
    error,
    whole,
)
from tests.unit.providers.asking import ask, ask_all, endpoint, image, question

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="


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
        ("reasoning_effort", unsupported("reasoning_effort")),
        (
            "reasoning_effort",
            error(400, message="Unrecognized request argument supplied: reasoning_effort"),
        ),
    ],
)
def test_a_refused_parameter_is_left_out_and_the_request_sent_once_more(
    loopback: Loopback, name: str, refusal: Reply
) -> None:
    loopback.enqueue(refusal)
    heard = ask(endpoint(loopback), question(temperature=0.2, answer="json", effort="low"))
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
    seen = tuple(image(PIXEL, detail="low") for _ in range(2))
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


def test_an_effort_that_is_refused_says_nothing_about_the_others(loopback: Loopback) -> None:
    said = "Unsupported value: 'reasoning_effort' does not support 'low' with this model."
    loopback.enqueue(unsupported("reasoning_effort", message=said, code="unsupported_value"))
    first, second = ask_all(endpoint(loopback), [question(effort="low"), question(effort="high")])
    assert (first.left_out, second.left_out) == (["reasoning_effort"], [])
    assert loopback.asked()[-1].body["reasoning_effort"] == "high"


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


@pytest.mark.parametrize(
    "said",
    [
        "`temperature` is deprecated for this model.",
        "`temperature` may only be set to 1 when thinking is enabled.",
        "`temperature` and `top_p` cannot both be specified for this model.",
        "invalid temperature: only 1 is allowed for this model",
        "Unsupported value: 'temperature' does not support 0.2 with this model.",
        "litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0.2.",
        "Only temperature=1 is supported",
        "temperature: Extra inputs are not permitted",
        "extraneous key [temperature] is not permitted, please reformat your input",
        "The parameter temperature is not applicable to reasoning models",
        "temperature is no longer accepted",
        "temperature must be omitted",
    ],
)
def test_a_refusal_is_understood_in_whatever_words(loopback: Loopback, said: str) -> None:
    loopback.enqueue(error(400, message=said))
    heard = ask(endpoint(loopback), question(temperature=0.2))
    assert (heard.left_out, heard.finish.reason) == (["temperature"], "stop")
    assert "temperature" not in loopback.asked()[1].body


@pytest.mark.parametrize(
    "said",
    [
        "temperature: Input should be less than or equal to 1",
        "temperature must be between 0 and 2",
        "temperature 9.0 is too high for this model",
        "temperature is not allowed to be > 2",
    ],
)
def test_a_value_out_of_bounds_is_the_persons_to_change(loopback: Loopback, said: str) -> None:
    loopback.enqueue(error(400, message=said))
    heard = ask(endpoint(loopback), question(temperature=9.0))
    assert (heard.code, len(loopback.asked())) == ("bad_request", 1)


@pytest.mark.parametrize(
    "refusal",
    [
        error(
            400,
            message="Invalid value: 'original'. Supported values are: 'low', 'high', and 'auto'.",
            param="messages[0].content[0].image_url.detail",
            code="invalid_value",
        ),
        error(400, message="detail 'original' is unknown"),
        error(400, message="Invalid value: 'original'."),
        error(400, message="Input should be 'auto', 'low' or 'high'"),
        error(422, message="Unknown variant `original`, expected one of `auto`, `low`, `high`"),
        error(400, message="messages.0.content.0.image_url.detail: invalid enum value"),
        whole(
            {
                "detail": [
                    {
                        "loc": ["body", "messages", 0, "content", 0, "image_url", "detail"],
                        "msg": "Input should be 'auto', 'low' or 'high'",
                    }
                ]
            },
            422,
        ),
    ],
)
def test_an_older_server_gets_high_instead_of_original(loopback: Loopback, refusal: Reply) -> None:
    loopback.enqueue(refusal)
    # gpt-5.4 is known to take it; what stands behind this address may be older
    seen = question(model="gpt-5.4", images=(image(PIXEL, detail="original"),))
    loopback.enqueue(whole({"choices": [{"message": {"content": "ok"}, "finish_reason": "stop"}]}))
    heard = ask(endpoint(loopback), seen)
    sent = [each.body["messages"][0]["content"][0]["image_url"] for each in loopback.asked()]
    assert [each["detail"] for each in sent] == ["original", "high"]
    assert (heard.text, heard.left_out) == ("ok", ["original"])
