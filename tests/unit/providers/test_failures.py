"""Everything that goes wrong on the wire becomes one ProviderError, and never shows the key."""

import asyncio
import logging
import socket
import threading
import traceback
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from components.errors import ProviderError
from components.i18n import LANGUAGES
from components.i18n.sentence import sentence
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from tests.support.loopback import (
    CLOSE,
    DONE,
    RESET,
    STALL,
    Loopback,
    Reply,
    Wait,
    chunk,
    error,
    event,
    page,
    whole,
)
from tests.unit.providers.asking import CANARY, ask, endpoint, image, question

JSON = {"Content-Type": "application/json"}
HALF = [event(chunk("half ")), event(chunk("an answer")), Wait(0.05)]
VALIDATION = [{"loc": ["body", "messages", 0], "msg": "Input should be valid", "input": "x"}]

BEFORE_THE_ANSWER = {
    "image not supported": (error(400, message="You uploaded an unsupported image.",
                                  code="image_parse_error"), "refused_image"),
    "no vision": (error(400, message="This model does not support images"), "no_vision"),
    "no vision at a router": (error(404, message="No endpoints found that support image input"),
                              "no_vision"),
    "a type of image": (error(400, message="We do not support images of type image/tiff"),
                        "refused_image"),
    "filtered by Azure": (error(400, message="The response was filtered due to the prompt "
                                "triggering Azure OpenAI's content management policy.",
                                code="content_filter", param="prompt"), "filtered"),
    "flagged": (error(403, message="Your input was flagged"), "filtered"),
    "too long": (error(400, message="This model's maximum context length is 8192 tokens.",
                       code="context_length_exceeded"), "too_long"),
    "too long for llama.cpp": (whole({"error": {"code": 400, "message": "request (9 tokens) "
                               "exceeds the available context size"}}, 400), "too_long"),
    "link not reachable": (error(400, message="Failed to download image from https://a.b/c",
                                 code="invalid_image_url"), "url_unreachable"),
    "something else": (error(400, message="'messages' is too short"), "bad_request"),
    "key": (error(401, message="Incorrect API key provided", code="invalid_api_key"), "auth"),
    "no credit": (whole({"error": {"message": "Insufficient credits", "code": 402}}, 402),
                  "no_credit"),
    "forbidden": (error(403, message="Country not supported"), "forbidden"),
    "no model": (error(404, message="The model `x` does not exist", code="model_not_found"),
                 "no_model"),
    "no model at vLLM": (whole({"object": "error", "message": "The model `x` does not exist.",
                                "code": 404}, 404), "no_model"),
    "no model at LiteLLM": (error(400, message="/chat/completions: Invalid model name passed in "
                                  "model=x. Call `/v1/models` to view available models"),
                            "no_model"),
    "no model at OpenRouter": (error(400, message="x/y is not a valid model ID"), "no_model"),
    "no model, unsupported": (error(400, message="Unsupported model: x"), "no_model"),
    "no model, not available": (error(400, message="The requested model 'x' is not available"),
                                "no_model"),
    "no model behind LiteLLM": (error(400, message="LLM Provider NOT provided. You passed model=x"),
                                "no_model"),
    "no model at DashScope": (error(400, message="Model not exist."), "no_model"),
    "404 page": (page(404), "wrong_url"),
    "404 of FastAPI": (whole({"detail": "Not Found"}, 404), "wrong_url"),
    "405": (whole({"detail": "Method Not Allowed"}, 405), "wrong_url"),
    "408": (whole({}, 408), "timeout"),
    "409": (error(409, message="busy"), "conflict"),
    "413 page": (page(413), "too_large"),
    "422": (whole({"detail": VALIDATION}, 422), "unprocessable"),
    "429": (error(429, message="Slow down", code="rate_limit_exceeded"), "rate_limit"),
    "quota": (error(429, message="You exceeded your quota", code="insufficient_quota"), "quota"),
    "quota by type": (error(429, message="You exceeded your quota", type="insufficient_quota"),
                      "quota"),
    "500": (error(500, message="The server had an error"), "upstream"),
    "502 page": (page(502), "upstream"),
    "503": (whole("overloaded", 503), "upstream"),
    "529": (error(529, message="Overloaded"), "upstream"),
    "redirect": (Reply([], 307, {"Location": "https://evil.example/v1?a=b"}, "length"), "redirect"),
    "reset": (Reply(before=[RESET]), "conn"),
    "closed": (Reply(before=[CLOSE]), "conn"),
    "not HTTP": (Reply([b"SSH-2.0-OpenSSH_9.2\r\n\r\n"], framing="raw"), "protocol"),
    "not gzip": (Reply([b"nope"], 200, {"Content-Encoding": "gzip"}), "protocol"),
    "login page": (page(200), "not_api"),
    "plain text": (Reply([b"It works!\n"], 200, {"Content-Type": "text/plain"}), "not_api"),
    "broken JSON": (Reply([b'{"choices": [{"mess'], 200, JSON), "bad_json"),
    "a JSON list": (whole([]), "bad_json"),
    "error with 200": (whole({"error": {"message": "No such thing"}}), "error_200"),
    "no choices": (whole({"choices": []}), "empty"),
    "null content": (whole({"choices": [{"message": {"content": None}, "finish_reason": "stop"}]}),
                     "empty"),
    "a stream without text": (Reply([event(chunk(finish="stop")), DONE]), "empty"),
    "only [DONE]": (Reply([DONE]), "empty"),
    "an error event first": (Reply([event({"error": "GPU fell off"})]), "error_200"),
    "broken JSON first": (Reply([b'data: {"choices": [{"del\n\n']), "bad_json"),
    "broken UTF-8 first": (Reply([b"data: \xff\xfe\n\n"]), "bad_json"),
}  # fmt: skip

IN_THE_MIDDLE = {
    "reset": (Reply([*HALF, RESET]), "interrupted"),
    "end inside a chunk": (Reply([*HALF, CLOSE]), "interrupted"),
    "stall": (Reply([*HALF, STALL]), "stall"),
    "broken JSON": (Reply([*HALF, b'data: {"choices": [{"del\n\n']), "bad_chunk"),
    "broken UTF-8": (Reply([*HALF, b"data: \xff\xfe\n\n"]), "bad_chunk"),
    "a number": (Reply([*HALF, b"data: 7\n\n"]), "bad_chunk"),
    "error object": (Reply([*HALF, event({"error": {"message": "GPU fell off"}})]), "stream_error"),
    "error string": (Reply([*HALF, event({"error": "GPU fell off"})]), "stream_error"),
    "error event": (Reply([*HALF, b'event: error\ndata: {"message": "GPU fell off"}\n\n']),
                    "stream_error"),
    "in one packet": (Reply([b"".join((event(chunk("half an answer")),
                                       event({"error": "GPU fell off"})))]), "stream_error"),
}  # fmt: skip


def assert_can_be_told(failure: ProviderError) -> None:
    """Its texts in every language find all their placeholders in its data."""
    for lang in LANGUAGES:
        assert all(sentence(lang, failure.code, failure.data))


@pytest.mark.parametrize("case", BEFORE_THE_ANSWER)
def test_a_failure_before_the_answer_has_its_code(loopback: Loopback, case: str) -> None:
    reply, code = BEFORE_THE_ANSWER[case]
    loopback.enqueue(reply)
    heard = ask(endpoint(loopback), question())
    assert (heard.code, heard.text) == (code, "")
    assert heard.error is not None
    assert heard.error.status in (reply.status, None)
    assert heard.error.data["host"] == f"127.0.0.1:{loopback.port}"
    assert heard.error.data["model"] == "fake-vision"
    assert "<" not in heard.error.detail, "no HTML"
    assert_can_be_told(heard.error)
    assert len(loopback.asked()) == 1, "nothing is sent again behind a person's back"


@pytest.mark.parametrize("case", IN_THE_MIDDLE)
def test_a_failure_in_the_middle_keeps_the_text(loopback: Loopback, case: str) -> None:
    reply, code = IN_THE_MIDDLE[case]
    loopback.enqueue(reply)
    heard = ask(endpoint(loopback, first_token_timeout=0.4), question())
    assert (heard.code, heard.text) == (code, "half an answer")
    assert heard.error is not None
    assert heard.error.detail == ("GPU fell off" if code == "stream_error" else "")
    assert_can_be_told(heard.error)
    assert len(loopback.asked()) == 1


def test_silence_before_the_first_token_ends_after_the_time_it_may_take(
    loopback: Loopback,
) -> None:
    heard = ask(endpoint(loopback, first_token_timeout=0.3), question(model="fake-silent"))
    assert heard.code == "timeout"
    assert heard.error is not None
    assert heard.error.data["seconds"] == 0.3


def test_a_server_that_takes_no_request_times_out_as_well() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}/v1"
        heard = ask(Endpoint("mute", base_url=url, first_token_timeout=0.3), question())
    assert heard.code == "timeout"


def test_heartbeats_for_ever_end_at_the_total_deadline(loopback: Loopback) -> None:
    beats = [each for _ in range(200) for each in (b": still here\n\n", Wait(0.05))]
    loopback.enqueue(Reply([event(chunk("a")), *beats]))
    heard = ask(endpoint(loopback, first_token_timeout=0.3), question(), total_seconds=0.6)
    assert (heard.code, heard.text) == ("deadline", "a")
    heard = ask(endpoint(loopback), question(model="fake-silent"), total_seconds=0.3)
    assert (heard.code, heard.text) == ("deadline", "")


def test_a_closed_port_and_an_unknown_host_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    heard = ask(Endpoint("shut", base_url=f"http://127.0.0.1:{port}/v1"), question())
    assert heard.code == "refused"
    assert heard.error is not None
    assert heard.error.data["host"] == f"127.0.0.1:{port}"
    unknown = Endpoint("nowhere", base_url="http://no-such-host.invalid/v1")
    assert ask(unknown, question()).code == "dns"


def _answer_in_plain(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_plain_server_asked_for_tls_is_told_from_a_lost_connection(loopback: Loopback) -> None:
    tls = endpoint(loopback, base_url=loopback.base_url.replace("http:", "https:"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_answer_in_plain, args=(server,), daemon=True).start()
        url = f"https://127.0.0.1:{server.getsockname()[1]}/v1"
        heard = ask(Endpoint("plain", base_url=url), question())
    assert heard.code == "tls"
    assert heard.error is not None
    assert "SSL" in heard.error.detail
    assert ask(tls, question()).code == "conn"


def test_facts_of_a_failure_are_in_its_data(loopback: Loopback) -> None:
    def data_of(reply: Reply) -> dict[str, object]:
        loopback.enqueue(reply)
        heard = ask(endpoint(loopback), question())
        assert heard.error is not None
        return heard.error.data

    assert data_of(error(429, {"Retry-After": "600"}))["minutes"] == 10
    assert data_of(error(429, {"Retry-After": "7"}))["seconds"] == 7
    assert data_of(error(429, {"retry-after-ms": "1500"}))["seconds"] == 2
    assert not {"seconds", "minutes"} & data_of(error(429)).keys()
    assert not {"seconds", "minutes"} & data_of(error(429, {"Retry-After": "soon"})).keys()
    assert data_of(page(502))["http"] == 502
    assert data_of(BEFORE_THE_ANSWER["redirect"][0])["location"] == "evil.example"
    loopback.enqueue(page(413))
    heard = ask(endpoint(loopback), question("x" * 2_500_000))
    assert heard.error is not None
    assert heard.error.data["megabytes"] == 2.5


def test_the_endpoints_own_words_are_kept_without_keys_images_and_excess(
    loopback: Loopback,
) -> None:
    def detail_of(message: str) -> str:
        loopback.enqueue(error(400, message=message))
        heard = ask(endpoint(loopback), question())
        assert heard.error is not None
        return heard.error.detail

    assert detail_of(f"Key {CANARY} is wrong.") == "Key […] is wrong."
    assert detail_of(f"Key {CANARY[:9]}*****{CANARY[-4:]} is wrong.") == "Key […] is wrong."
    assert detail_of("Key sk-proj-other_1234 or Bearer abc") == "Key […] or […]"
    assert detail_of("got data:image/png;base64,iVBORw0KGgo= !") == "got data:[…] !"
    assert detail_of("a\x00b\u202ec") == "a b c"
    assert len(detail_of("é" * 50_000)) == 1001
    plain = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"  # as Azure's are
    for echoed in (plain, plain[:8] + "****", "…" + plain[-8:]):
        loopback.enqueue(error(401, message=f"Key {echoed} is wrong."))
        heard = ask(endpoint(loopback, api_key=plain), question())
        assert heard.error is not None
        assert heard.error.detail == "Key […] is wrong."
    loopback.enqueue(whole({"detail": VALIDATION}, 422))
    heard = ask(endpoint(loopback), question())
    assert heard.error is not None
    assert heard.error.detail == "Input should be valid"


def test_the_key_never_shows(loopback: Loopback, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    where = endpoint(loopback)
    shown = [repr(where), repr(OpenAICompatible(where))]
    replies = [reply for reply, _ in (*BEFORE_THE_ANSWER.values(), *IN_THE_MIDDLE.values())]
    replies += [error(401, message=f"Incorrect API key provided: {CANARY}")]
    for reply in replies:
        loopback.enqueue(reply)
        raised = ask(endpoint(loopback, first_token_timeout=0.3), question()).error
        assert raised is not None
        shown += ["".join(traceback.format_exception(raised)), repr(raised), raised.detail]
        shown += [repr(raised.data), repr(raised.__cause__), repr(raised.__context__)]
        assert raised.__cause__ is None
        assert raised.__context__ is None, "its request would hold the key"
    shown.append(caplog.text)
    assert CANARY not in "\n".join(shown)
    assert CANARY[3:11] not in "\n".join(shown)
    assert any(each.headers["authorization"].endswith(CANARY) for each in loopback.asked())


def test_a_key_that_cannot_be_a_header_does_not_show_either(loopback: Loopback) -> None:
    where = endpoint(loopback, api_key="sk-ключ-secretsecret\n")
    raised = ask(where, question()).error
    assert raised is not None
    assert "secret" not in "".join(traceback.format_exception(raised)) + raised.detail


def test_listing_models_fails_with_the_same_codes(loopback: Loopback) -> None:
    async def run() -> None:
        client = OpenAICompatible(endpoint(loopback, api_key=CANARY))
        try:
            await client.list_models()
        finally:
            await client.close()

    for reply, code in [
        (error(401, message=f"bad key {CANARY}"), "auth"),
        (page(404), "wrong_url"),
        (page(200), "not_api"),
        (Reply([b"{"], 200, JSON, "length"), "bad_json"),
        (whole({"what": 1}), "bad_json"),
        (Reply(before=[RESET]), "conn"),
    ]:
        loopback.enqueue(reply)
        with pytest.raises(ProviderError) as caught:
            asyncio.run(run())
        assert caught.value.code == code
        assert CANARY not in caught.value.detail
        assert caught.value.__context__ is None


def test_an_unknown_model_comes_with_those_that_the_endpoint_lists(loopback: Loopback) -> None:
    raised = ask(endpoint(loopback), question(model="fake-visoin")).error
    assert raised is not None
    assert raised.code == "no_model"
    offered = str(raised.data["models"]).split(", ")
    assert offered[0] == "fake-vision"
    assert 2 <= len(offered) <= 5
    assert "fake-vision" in sentence("en", "no_model", raised.data)[1]


def test_the_model_that_was_just_refused_is_never_offered(loopback: Loopback) -> None:
    loopback.enqueue(error(404, message="The model `Fake-Vision` does not exist"))
    raised = ask(endpoint(loopback), question(model="Fake-Vision")).error
    assert raised is not None
    offered = str(raised.data["models"]).split(", ")
    assert len(offered) > 1
    assert "fake-vision" not in offered


def test_an_unknown_model_where_nothing_is_listed_is_told_all_the_same(loopback: Loopback) -> None:
    loopback.enqueue(error(404, message="model x not found"), page(404))
    raised = ask(endpoint(loopback), question(model="x")).error
    assert raised is not None
    assert (raised.code, raised.data["models"]) == ("no_model", "")
    assert_can_be_told(raised)


PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"param": "messages[1].content[1].image_url.url"}, "b.png"),
        ({"message": "messages.1.content.2.image.source: Could not process image"}, "c.png"),
        ({"message": "Invalid image data at index 0."}, "a.png"),
        ({"message": "Invalid image data at index 9."}, None),
        ({"message": "You uploaded an unsupported image."}, None),
    ],
)
def test_the_image_that_was_refused_is_named_where_the_endpoint_says_so(
    loopback: Loopback, said: dict[str, str], name: str | None
) -> None:
    loopback.enqueue(error(400, **{"code": "invalid_image", **said}))
    images = tuple(image(PIXEL, name) for name in ("a.png", "b.png", "c.png"))
    raised = ask(endpoint(loopback), question(images=images, system="Be brief")).error
    assert raised is not None
    assert (raised.code, raised.data.get("name")) == ("refused_image", name)
    assert ("“" in sentence("en", "refused_image", raised.data)[0]) == (name is not None)


def test_the_only_image_is_the_one_that_was_refused(loopback: Loopback) -> None:
    loopback.enqueue(error(400, message="unsupported image"))
    raised = ask(endpoint(loopback), question(images=(image(PIXEL, "only.png"),))).error
    assert raised is not None
    assert raised.data["name"] == "only.png"


def test_the_request_id_and_the_time_to_wait_come_with_the_failure(loopback: Loopback) -> None:
    loopback.enqueue(error(503, {"x-request-id": "req_7", "Retry-After": "3"}))
    raised = ask(endpoint(loopback), question()).error
    assert raised is not None
    assert (raised.status, raised.request_id, raised.retry_after) == (503, "req_7", 3.0)
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    loopback.enqueue(error(429, {"apim-request-id": "az_1", "Retry-After": later}))
    raised = ask(endpoint(loopback), question()).error
    assert raised is not None
    assert raised.request_id == "az_1"
    assert raised.retry_after is not None
    assert 60 < raised.retry_after <= 90
    loopback.enqueue(Reply([*HALF, RESET], headers={"x-request-id": "req_8"}))
    raised = ask(endpoint(loopback), question()).error
    assert raised is not None
    assert (raised.status, raised.request_id) == (200, "req_8")
