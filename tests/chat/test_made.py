"""Pictures and reasoning in an answer, from the wire to the log and to the next request."""

import base64
import io
import json
from collections.abc import Iterator

import pytest
from PIL import Image

from components.chat.context import PICTURE, sent_again
from components.chat.hub import Hub
from components.chat.log import LoggedConversation, NewImage
from components.export import chat_jsonl, html_page, json_file, markdown_zip
from components.export.json_in import read_export
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from db.log import SqlLog
from tests.chat.asking import ended, put
from tests.export.unzipped import everything
from tests.loopback.reply import DONE, Reply, Step, chunk, event, whole
from tests.loopback.server import Loopback

OWNER = "local"


def _png() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 90).save(out, "PNG")
    return out.getvalue()


PNG = _png()
URL = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


@pytest.fixture
def endpoint() -> Iterator[Loopback]:
    with Loopback() as server:
        yield server


def streamed(*deltas: dict[str, object]) -> Reply:
    steps: list[Step] = [event(chunk(**delta)) for delta in deltas]
    return Reply([*steps, event(chunk(finish="stop")), DONE])


def answered(hub: Hub, log: SqlLog, endpoint: Loopback, reply: Reply) -> LoggedConversation:
    endpoint.enqueue(reply)
    place = Endpoint("loop", base_url=endpoint.base_url, api_key="k")
    job = ended(put(hub, log, OpenAICompatible(place)))
    assert "base64" not in job.text
    kept = log.conversation(OWNER, job.conversation_id)
    assert kept
    return kept


@pytest.mark.parametrize(
    "reply",
    [
        streamed({"content": "Here:\n\n![a](" + URL[:900]}, {"content": URL[900:] + ")\n\nDone."}),
        streamed(
            {"content": "Here:\n\n"},
            {"images": [{"image_url": {"url": URL}}], "content": "\n\nDone."},
        ),
        whole(
            {
                "choices": [
                    {
                        "index": 0,
                        "message": {
                            "content": "Here:\n\n\n\nDone.",
                            "images": [{"image_url": {"url": URL}}],
                        },
                        "finish_reason": "stop",
                    }
                ]
            }
        ),
    ],
)
def test_a_picture_is_an_image_of_the_answer_and_no_text(
    hub: Hub, log: SqlLog, endpoint: Loopback, reply: Reply
) -> None:
    message = answered(hub, log, endpoint, reply).messages[-1]
    assert message.text == "Here:\n\n\n\nDone."
    (image,) = message.images
    assert (image.width, image.height) == (64, 48)
    kept = log.image(OWNER, image.hash or "")
    assert kept
    assert kept.content == PNG


def test_a_picture_alone_is_an_answer_that_goes_again_as_a_word(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    kept = answered(hub, log, endpoint, streamed({"images": [{"image_url": {"url": URL}}]}))
    message = kept.messages[-1]
    assert message.attempt
    assert (message.attempt.result.outcome, message.attempt.result.code) == ("ok", None)
    assert (message.text, len(message.images)) == ("", 1)
    assert [(m.text, m.images) for m in sent_again(kept)][-1] == (PICTURE, ())


def test_it_comes_along_in_an_export_and_goes_with_its_conversation(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    kept = answered(hub, log, endpoint, streamed({"content": f"![a]({URL})"}))
    (image,) = kept.messages[-1].images
    assert image.hash

    def image_of(image_hash: str) -> NewImage | None:
        return log.image(OWNER, image_hash)

    exported = b"".join(json_file([kept], image_of))
    brought = read_export(io.BytesIO(exported)).bring_in(
        lambda conversation, images: log.restore("another", conversation, images)
    )
    assert brought["new"] == 1
    there = log.conversation("another", kept.id)
    assert there
    assert there.messages[-1].images == (image,)
    assert b"".join(html_page([kept], image_of, "en")).count(b"<img ") == 1
    log.delete(OWNER, kept.id)
    log.purge(OWNER)
    assert log.image(OWNER, image.hash) is None
    assert log.image("another", image.hash)


@pytest.mark.parametrize("letters", ["AAAA", "", "!!", "A" * 4001])
def test_a_broken_picture_is_said_in_a_sentence(
    hub: Hub, log: SqlLog, endpoint: Loopback, letters: str
) -> None:
    said = {"content": "So:", "images": [f"data:image/png;base64,{letters}"]}
    message = answered(hub, log, endpoint, streamed(said)).messages[-1]
    assert message.images == ()
    assert message.text.startswith("So:\n\n[1 picture")


@pytest.mark.parametrize(
    "pieces",
    [
        ("maybe ", "yes\n</thi", "nk>\n\nNo"),
        ("<think>maybe yes</think>No",),
        ("<TH", "INK>a</Think>No"),
    ],
)
def test_reasoning_is_neither_kept_as_the_answer_nor_sent_again(
    hub: Hub, log: SqlLog, endpoint: Loopback, pieces: tuple[str, ...]
) -> None:
    deltas: list[dict[str, object]] = [{"content": piece} for piece in pieces]
    kept = answered(hub, log, endpoint, streamed(*deltas))
    assert [m.text for m in sent_again(kept)][-1] == "No"
    assert thought_of(kept) in ("maybe yes", "a")


def thought_of(conversation: LoggedConversation) -> str:
    attempt = conversation.messages[-1].attempt
    assert attempt
    return attempt.result.reasoning


FIELD = streamed({"reasoning_content": "maybe "}, {"reasoning_content": "yes"}, {"content": "No"})


def test_reasoning_is_kept_beside_the_answer_and_goes_nowhere_else(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    kept = answered(hub, log, endpoint, FIELD)
    assert (kept.messages[-1].text, thought_of(kept)) == ("No", "maybe yes")
    whole = b"".join(json_file([kept], lambda _: None))
    assert b'"reasoning": "maybe yes"' in whole
    there = read_export(io.BytesIO(whole)).conversations
    assert there == (kept,)
    for form in (
        html_page([kept], lambda _: None, "en"),
        markdown_zip([kept], lambda _: None, "en"),
        chat_jsonl([kept], lambda _: None),
    ):
        read = everything(b"".join(form))
        assert b"No" in read
        assert b"maybe" not in read
    log.delete(OWNER, kept.id)
    log.purge(OWNER)
    assert log.conversation(OWNER, kept.id) is None


def test_an_export_of_before_is_told_apart_as_it_is_read(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    kept = answered(hub, log, endpoint, streamed({"content": "No"}))
    data = json.loads(b"".join(json_file([kept], lambda _: None)))
    message = data["conversations"][0]["messages"][-1]
    message["text"] = message["attempt"]["result"]["text"] = "<think>maybe yes</think>No"
    del message["attempt"]["result"]["reasoning"]
    (there,) = read_export(io.BytesIO(json.dumps(data).encode())).conversations
    assert (there.messages[-1].text, thought_of(there)) == ("No", "maybe yes")


def test_reasoning_without_an_answer_is_kept_with_the_error(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    for reply in (
        streamed({"reasoning": "maybe yes"}),
        streamed({"content": "<think>maybe yes"}),
        Reply([event(chunk(reasoning="maybe yes"))]),  # and the connection is lost
    ):
        kept = answered(hub, log, endpoint, reply)
        attempt = kept.messages[-1].attempt
        assert attempt
        assert attempt.result.code
        assert (attempt.result.text, attempt.result.reasoning) == ("", "maybe yes")


def test_reasoning_that_nobody_billed_is_estimated_as_output(
    hub: Hub, log: SqlLog, endpoint: Loopback
) -> None:
    attempt = answered(hub, log, endpoint, FIELD).messages[-1].attempt
    assert attempt
    assert attempt.result.usage_source == "estimated"
    assert (attempt.result.output_tokens, attempt.result.reasoning_tokens) == (3, 2)


def test_the_key_is_masked_in_reasoning_too(hub: Hub, log: SqlLog, endpoint: Loopback) -> None:
    key = "sk-canary-7d20c1f4a9e6b358"
    endpoint.enqueue(
        streamed({"reasoning": f"it is {key[:9]}"}, {"reasoning": key[9:]}, {"content": "No"})
    )
    place = Endpoint("loop", base_url=endpoint.base_url, api_key=key)
    job = ended(put(hub, log, OpenAICompatible(place)))
    assert job.result
    assert (job.result.text, job.result.reasoning) == ("No", "it is […]")
