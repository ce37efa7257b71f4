"""Everything that goes wrong, from a question to its row in the store, over a real socket."""

import logging
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from components.chat.draft import DraftImage, take_in
from components.chat.running.answers import Answers
from components.chat.store import Outcome, StoredConversation
from components.i18n import LANGUAGES
from components.i18n.sentence import sentence
from components.providers.base import Parameters
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from components.providers.reply.answer import MAX_TEXT
from components.runner.retry import POLICY
from db.store import Store, open_store
from tests.support.loopback import Loopback
from tests.support.loopback.faults import FAULTS
from tests.unit.chat.pictures import picture
from tests.unit.chat.questions import answers_of, ended, put, question

KEY = "sk-canary-7d20c1f4a9e6b358"
QUICK = replace(POLICY, first=0.05, longest=0.2)
SILENCE = 2.5  # seconds an endpoint may be silent here
LONGEST = 5.0  # seconds a whole answer may take here
HALF, WELL = "half an answer", "All is well."


@dataclass(frozen=True)
class Row:
    """What must stand in the store, and what its English sentence must say."""

    outcome: Outcome
    code: str | None = None
    status: int | None = 200
    text: str = ""
    attempts: int = 1
    says: str = ""
    finish: str | None = None
    left_out: tuple[str, ...] = ()
    usage: str = "none"


def failed(code: str, status: int | None, says: str = "", attempts: int = 1) -> Row:
    return Row("failed", code, status, attempts=attempts, says=says)


def silent(code: str, says: str, finish: str) -> Row:
    """Nothing that could be read, and a bill."""
    return replace(failed(code, 200, says), finish=finish, usage="reported")


def broke(code: str, says: str = "The partial answer is saved") -> Row:
    return Row("interrupted", code, text=HALF, says=says, usage="estimated")


def fine(text: str = WELL, **changes: object) -> Row:
    plain = Row("ok", text=text, finish="stop", usage="reported")
    return replace(plain, **changes)  # type: ignore[arg-type]


ROWS: dict[str, Row] = {
    "refused-image": failed("refused_image", 400, "the image “a.png”"),
    "no-vision": failed("no_vision", 400, "fault-no-vision doesn't support images"),
    "max-tokens": fine(left_out=("max_tokens",)),
    "temperature": fine(left_out=("temperature",)),
    "detail": fine(left_out=("detail",)),
    "too-long": failed("too_long", 400, "Remove images, use low detail"),
    "url-unreachable": failed("url_unreachable", 400, "Upload the file"),
    "filtered-question": Row("filtered", "filtered", 400, says="content filter"),
    "auth": failed("auth", 401, "rejected the key"),
    "no-credit": failed("no_credit", 402, "credit at 127.0.0.1:"),
    "forbidden": failed("forbidden", 403, "can't use fault-forbidden"),
    "no-model": failed("no_model", 404, "fake-vision"),
    "404-page": failed("wrong_url", 404, "/v1"),
    "405": failed("wrong_url", 405, "/v1"),
    "408": failed("timeout", 408, "timed out waiting", attempts=3),
    "409": failed("conflict", 409, "conflicting", attempts=3),
    "413-page": failed("too_large", 413, "too large for"),
    "422": failed("unprocessable", 422, "couldn't process"),
    "429": failed("rate_limit", 429, "isn't accepting requests right now", attempts=3),
    "429-then-fine": fine(attempts=2),
    "429-for-600-s": failed("rate_limit", 429, "isn't accepting requests for 10 minutes"),
    "quota": failed("quota", 429, "quota"),
    "500": failed("upstream", 500, "(HTTP 500)", attempts=3),
    "502-page": failed("upstream", 502, "(HTTP 502)", attempts=3),
    "503": failed("upstream", 503, "(HTTP 503)", attempts=3),
    "504": failed("upstream", 504, "(HTTP 504)", attempts=3),
    "529": failed("upstream", 529, "(HTTP 529)", attempts=3),
    "two-500s": fine(attempts=3),
    "redirect": failed("redirect", 307, "redirects to evil.example"),
    "reset": failed("conn", None, "was lost before the answer", attempts=3),
    "close": failed("conn", None, "was lost before the answer", attempts=3),
    "not-http": failed("protocol", None, "isn't a compatible API"),
    "bad-gzip": failed("protocol", 200, "isn't a compatible API"),
    "short-body": failed("protocol", 200, "isn't a compatible API"),
    "hang": failed("timeout", None, f"sent nothing for {SILENCE} s"),
    "bad-json": failed("bad_json", 200, "unreadable answer"),
    "login-page": failed("not_api", 200, "a web page"),
    "error-200": failed("error_200", 200, "reported an error instead"),
    "no-choices": failed("empty", 200, "empty answer"),
    "null-content": silent("empty", "empty answer", "stop"),
    "ssh": failed("protocol", None, "isn't a compatible API"),
    "mail": failed("protocol", None, "isn't a compatible API"),
    "304": failed("protocol", 304, "responded with status 304"),
    "deep-json": failed("bad_json", 200, "unreadable answer"),
    "plain-text": failed("not_api", 200, "didn't send an API answer"),
    "key-everywhere": fine("[…] is it.", finish="stop-[…]", usage="estimated"),
    "half-pairs": fine("a🐈b\ufffdc\ufffd", usage="estimated"),
    "another-choice": fine(),
    "huge-usage": fine(usage="implausible"),
    "endless-usage": fine(usage="implausible"),
    "infinite-usage": fine(usage="implausible"),
    "negative-usage": fine(usage="implausible"),
    "fraction-usage": fine(usage="implausible"),
    "worded-usage": fine(usage="implausible"),
    "nested-usage": fine(usage="implausible"),
    "over-cached-usage": fine(usage="implausible"),
    "only-thought": silent("empty", "went into the reasoning", "stop"),
    "only-thought-length": replace(
        silent("cut_empty", "Raise the max output tokens", "length"), outcome="length"
    ),
    "only-called": silent("empty", "called a tool", "tool_calls"),
    "429-event": failed("rate_limit", 200, "isn't accepting requests", attempts=3),
    "429-event-then-fine": fine(attempts=2),
    "overloaded-event-then-fine": fine(attempts=2),
    "too-long-event": failed("too_long", 200, "Remove images"),
    "refusal": fine("I can't help.", finish="refusal", usage="estimated"),
    "no-usage": fine(usage="estimated"),
    "usage-in-every-chunk": fine(),
    "azure-first-chunk": fine(),
    "null-choices": fine(),
    "split-utf8": fine("图像里有一只🐈", usage="estimated"),
    "crlf": fine(),
    "json-for-a-stream": fine(),
    "empty-for-a-stream": fine(left_out=("stream",)),
    "other-model": fine(),
    "filtered-answer": fine("Half", outcome="filtered", finish="content_filter"),
    "length": fine("Half", outcome="length", finish="length"),
    "reset-midway": broke("interrupted"),
    "eof-in-a-chunk": broke("interrupted"),
    "silent-eof": broke("interrupted"),
    "eof-before-a-word": failed("conn", 200, "was lost before the answer"),
    "stall": broke("stall", f"stopped sending for {SILENCE} s"),
    "heartbeats": broke("deadline", f"longer than {LONGEST:.0f} s"),
    "bad-chunk": broke("bad_chunk"),
    "bad-utf8": broke("bad_chunk"),
    "error-event": broke("stream_error"),
    "error-string": broke("stream_error"),
    "long-line": fine("x" * MAX_TEXT, outcome="truncated", finish="truncated", usage="estimated"),
    # without a server
    "port-closed": failed("refused", None, "isn't responding"),
    "unknown-host": failed("dns", None, "no host named no-such-host.invalid"),
}
ELSEWHERE = ("port-closed", "unknown-host")


@dataclass(frozen=True)
class Walk:
    """All faults, asked at the same time, as the store has them afterwards."""

    kept: dict[str, StoredConversation]
    server: Loopback
    folder: Path
    shown: str


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("faults")
    printed = logging.FileHandler(folder / "printed.txt")
    logging.getLogger().addHandler(printed)
    clients: list[OpenAICompatible] = []
    with Loopback() as server:
        store = open_store(f"sqlite:///{folder / 'log.db'}")
        answers = answers_of(store, QUICK)
        kept = ask_all(answers, store, server, clients)
        answers.runner.close(clients)
        store.close()
        logging.getLogger().removeHandler(printed)
        yield Walk(kept, server, folder, (folder / "printed.txt").read_text("utf-8"))


def ask_all(
    answers: Answers, store: Store, server: Loopback, clients: list[OpenAICompatible]
) -> dict[str, StoredConversation]:
    image = take_in(picture(64, 48), "a.png")
    asked = question(parameters=Parameters(max_tokens=50, temperature=0.2))
    jobs = {}
    for name, row in ROWS.items():
        where = endpoint(name, server)
        clients.append(OpenAICompatible(where, total_seconds=LONGEST))
        one = replace(asked, endpoint=where, model=f"fault-{name}", images=images_of(row, image))
        jobs[name] = put(answers, store, clients[-1], one)
    kept = {}
    for name, job in jobs.items():
        conversation = store.conversations.conversation("local", ended(job, 60).conversation_id)
        assert conversation is not None
        kept[name] = conversation
    return kept


def images_of(row: Row, image: DraftImage) -> tuple[DraftImage, ...]:
    """How many tokens an image has is unknown for these models, and then there's no estimate."""
    return () if row.usage in ("estimated", "implausible") else (image,)


def endpoint(name: str, server: Loopback) -> Endpoint:
    url = server.base_url
    if name == "unknown-host":
        url = "http://no-such-host.invalid/v1"
    if name == "port-closed":
        with socket.create_server(("127.0.0.1", 0)) as closing:
            url = f"http://127.0.0.1:{closing.getsockname()[1]}/v1"
    return Endpoint(name, base_url=url, api_key=KEY, first_token_timeout=SILENCE)


def test_every_fault_that_the_server_plays_is_walked() -> None:
    assert set(FAULTS) == set(ROWS) - set(ELSEWHERE)


@pytest.mark.parametrize("name", ROWS)
def test_a_fault_is_a_row_with_all_that_is_known(walk: Walk, name: str) -> None:
    asked, answered = walk.kept[name].messages
    expected = ROWS[name]
    attempt = answered.attempt
    assert attempt is not None
    result = attempt.result
    assert (result.outcome, result.code) == (expected.outcome, expected.code)
    assert answered.text == result.text == expected.text
    assert (result.status, result.attempts) == (expected.status, expected.attempts)
    assert (result.finish_reason, result.left_out) == (expected.finish, expected.left_out)
    assert result.usage_source == expected.usage
    assert attempt.model == f"fault-{name}"
    if name not in ELSEWHERE:
        assert attempt.host == f"127.0.0.1:{walk.server.port}"
    assert result.ms_total is not None
    assert (result.ms_first is not None) == bool(expected.text)
    streamed = name not in ("json-for-a-stream", "empty-for-a-stream")
    ended_itself = expected.text or expected.outcome == "length"
    assert result.streamed == (streamed if ended_itself else None)
    names = [image.name for image in images_of(expected, take_in(picture(64, 48), "a.png"))]
    assert (asked.text, [image.name for image in asked.images]) == ("What is this?", names)


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.code])
def test_a_fault_has_a_sentence_and_a_next_step(walk: Walk, name: str) -> None:
    attempt = walk.kept[name].messages[1].attempt
    assert attempt is not None
    result = attempt.result
    assert result.code is not None
    for lang in LANGUAGES:
        said = sentence(lang, result.code, result.error_data)
        assert all(said)
        assert not re.search(r"[{}<>]", "".join(said))
        assert len("".join(said)) < 260
    assert ROWS[name].says in " ".join(sentence("en", result.code, result.error_data))
    assert "<" not in result.error_data["detail"], "no HTML of a gateway"


def test_as_many_requests_left_as_attempts_are_counted(walk: Walk) -> None:
    counted: dict[str, int] = {}
    for each in walk.server.asked():
        name = each.body["model"].removeprefix("fault-")
        counted[name] = counted.get(name, 0) + 1
    adapted = {name: len(row.left_out) for name, row in ROWS.items()}
    assert counted == {name: ROWS[name].attempts + adapted[name] for name in FAULTS}


def test_the_request_id_is_kept_for_whoever_asks_the_endpoint(walk: Walk) -> None:
    for name in ("500", "reset-midway"):
        attempt = walk.kept[name].messages[1].attempt
        assert attempt is not None
        assert attempt.result.request_id == "req_fault"


def test_another_model_that_answered_is_kept_and_priced(walk: Walk) -> None:
    attempt = walk.kept["other-model"].messages[1].attempt
    assert attempt is not None
    assert attempt.result.model_answered == "gpt-4o-mini-2024-07-18"
    assert attempt.result.cost == Decimal("0.15")


def test_a_request_that_was_refused_costs_nothing_and_a_lost_one_may(walk: Walk) -> None:
    for name, row in ROWS.items():
        attempt = walk.kept[name].messages[1].attempt
        assert attempt is not None
        if row.code and row.status and row.status >= 300:
            assert attempt.result.cost == 0, name
    assert walk.kept["hang"].messages[1].attempt.result.cost is None  # type: ignore[union-attr]


def test_no_key_and_no_query_is_left_anywhere(walk: Walk) -> None:
    assert {each.headers["authorization"] for each in walk.server.asked()} == {f"Bearer {KEY}"}
    files = [path for path in walk.folder.rglob("*") if path.is_file()]
    assert any(path.name == "log.db" for path in files)
    for path in files:
        content = path.read_bytes()
        assert KEY.encode() not in content, path.name
        assert KEY[-8:].encode() not in content, path.name
        assert b"evil.example/v1" not in content
    assert KEY not in walk.shown + repr(walk.kept)
