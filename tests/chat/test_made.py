"""Pictures and reasoning in an answer, from the wire to the log and to the next request."""

import base64
import io
from collections.abc import Iterator

import pytest
from PIL import Image

from components.chat.context import PICTURE, sent_again
from components.chat.hub import Hub
from components.chat.log import LoggedConversation, NewImage
from components.export import html_page, json_file
from components.export.json_in import read_export
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from db.log import SqlLog
from tests.chat.asking import ended, put
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
