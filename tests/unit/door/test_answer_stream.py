"""A growing answer's stream: whose it is, what it brings, when it ends."""

import asyncio
import json
import time
from collections.abc import Callable
from functools import partial

import pytest
from starlette.applications import Starlette

from components import services
from components.chat.running.answers import ChatError
from components.chat.running.job import Job
from components.chat.store import new_id
from components.markdown import GrowingAnswer, answer_blocks
from components.ui.chat.ahead import Ahead
from components.ui.chat.sending import Sender
from components.ui.server import answer_stream
from components.ui.server.answer_stream import PATH, ROUTES, STREAMS, Pieces, Streams
from components.ui.server.door.asker import person_of
from tests.pages.conftest import fresh_server as fresh_server
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import ended, put, question
from tests.unit.door.test_asker import claims, given
from tests.unit.door.test_asker import team as team
from tests.unit.markdown.reading import read
from tests.unit.markdown.tricks import tricks

OURS = {"host": "tuwen.test", "origin": "http://tuwen.test"}
Told = list[dict[str, object]]


async def asked(
    body: object, headers: dict[str, str], told: Callable[[dict[str, object]], None]
) -> int:
    """Ask the route; the status. told: given each event."""
    sent = [{"type": "http.request", "body": json.dumps(body).encode()}]
    status, never = 0, asyncio.Event()

    async def receive() -> dict[str, object]:
        if sent:
            return sent.pop()
        await never.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]  # type: ignore[assignment]
        for line in bytes(message.get("body") or b"").decode().split("\n\n"):  # type: ignore[arg-type]
            if line:
                told(json.loads(line.removeprefix("data: ")))

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST",
        "path": PATH,
        "query_string": b"",
        "headers": [(k.encode(), v.encode()) for k, v in headers.items()],
    }
    await Starlette(routes=ROUTES)(scope, receive, send)  # type: ignore[arg-type]
    return status


def ask(body: object, headers: dict[str, str] = OURS) -> tuple[int, Told]:
    found: Told = []
    return asyncio.run(asyncio.wait_for(asked(body, headers, found.append), 20)), found


def shown(told: Told) -> list[str]:
    """The blocks that a browser has in the end."""
    blocks: list[str] = []
    for each in told:
        if "at" in each:
            at = each["at"]
            assert isinstance(at, int)
            assert at <= len(blocks)
            blocks[at:] = each["blocks"]  # type: ignore[call-overload]
    return blocks


def answering(*script: object, owner: str = "local") -> Job:
    client = FakeClient()
    client.enqueue(*script)  # type: ignore[arg-type]
    app = services.app()
    return put(app.answers(), app.store(), client, owner=owner)


def cookies(name: str) -> dict[str, str]:
    return OURS | {"cookie": "; ".join(f"{k}={v}" for k, v in given(claims(name)).items())}


def test_it_brings_the_whole_answer_and_ends() -> None:
    text = "# Two\n\n- one\n- `two`\n\n$x$ and **bold"
    job = answering(text[:9], 0.1, text[9:20], 0.1, text[20:], finish())
    status, told = ask({"session": "s", "attempt": job.attempt_id})
    assert status == 200
    assert told[:2] == [{}, {"attempt": job.attempt_id}]
    assert told[-1] == {"done": True}
    assert shown(told) == [block.html for block in answer_blocks(text)]
    assert job.done
    assert not STREAMS.followed("s", job.attempt_id)


def test_a_tab_that_asks_is_brought_its_next_answer() -> None:
    jobs = []

    async def both() -> Told:
        found: Told = []
        stream = asyncio.create_task(asked({"session": "t", "after": 0}, OURS, found.append))
        while not found:
            await asyncio.sleep(0.01)
        other = await asyncio.to_thread(answering, "not yours", finish())
        STREAMS.begun("another tab", other)
        jobs.append(await asyncio.to_thread(answering, "yours", 0.3, "!", finish()))
        STREAMS.begun("t", jobs[0])
        while not STREAMS.followed("t", jobs[0].attempt_id):
            await asyncio.sleep(0.01)
        assert await asyncio.wait_for(stream, 20) == 200
        return found

    told = asyncio.run(both())
    assert {"attempt": jobs[0].attempt_id} in told
    assert shown(told) == ['<p dir="auto">yours!</p>']
    # Asked before the stream was opened: the same.
    late = answering("later", 0.3, finish())
    STREAMS.begun("t", late)
    assert shown(ask({"session": "t", "after": 1})[1]) == ['<p dir="auto">later</p>']


def next_question(client: FakeClient, session: str, owner: str, conversation_id: str) -> Ahead:
    asks = question()
    sender = Sender(
        owner, asks.endpoint, asks.model, lambda: client, asks.parameters, asks.lang, choices={}
    )
    ahead = Ahead(sender, conversation_id, None, (), partial(STREAMS.begun, session))
    STREAMS.ready(session, ahead)
    return ahead


def test_a_question_that_comes_along_is_asked_once_and_its_answer_is_brought(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = FakeClient()
    client.enqueue("An", 0.3, " answer", finish())
    ahead = next_question(client, "q", "local", new_id())
    body = {"session": "q", "after": 0, "text": "Why?", "conversation": ahead.conversation_id}
    status, told = ask(body)
    assert (status, shown(told)) == (200, ['<p dir="auto">An answer</p>'])
    assert STREAMS.count("q") == 1
    assert client.history[0].messages[-1].text == "Why?"
    monkeypatch.setattr(answer_stream, "WAIT", 0.2)
    ask(body)  # sent twice by whatever stands between
    job = ahead.outcome()
    assert job
    assert {"attempt": job.attempt_id} in told
    assert len(client.history) == 1
    ahead = next_question(client, "q", "local", job.conversation_id)  # the page is drawn again
    ask(body)  # held up until now
    assert len(client.history) == 1
    del ahead, job
    ask(body | {"after": 1})  # of a session that has ended
    assert len(client.history) == 1


def test_what_is_not_the_next_question_of_this_page_is_left_to_the_script(
    team: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_stream, "WAIT", 0.1)
    bob, vic = (person_of(given(claims(name))).owner for name in ("bob", "vic"))
    client = FakeClient()
    ahead = next_question(client, "p", bob, new_id())
    body = {"session": "p", "after": 0, "text": "Why?", "conversation": ahead.conversation_id}
    assert ask(body, cookies("ann")) == (200, [{}])
    assert ask(body, OURS) == (403, [])
    assert ask(body, cookies("bob") | {"origin": "http://evil.test"}) == (403, [])
    assert ask(body | {"conversation": new_id()}, cookies("bob")) == (200, [{}])
    assert ask(body | {"session": "another"}, cookies("bob")) == (200, [{}])
    assert ahead.outcome() is None
    assert ask(body, cookies("bob")) == (200, [{}])  # the script has begun
    viewers = next_question(client, "v", vic, new_id())
    its = {"session": "v", "after": 0, "text": "Why?", "conversation": viewers.conversation_id}
    assert ask(its, cookies("vic")) == (200, [{}])
    assert client.history == []


def test_why_it_could_not_be_asked_is_told_to_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_stream, "WAIT", 0.1)
    ahead = next_question(FakeClient(), "w", "local", new_id())
    blank = {"session": "w", "after": 0, "text": " ", "conversation": ahead.conversation_id}
    assert ask(blank) == (200, [{}])
    with pytest.raises(ChatError, match="nothing_to_ask"):
        ahead.outcome()


def test_nobody_else_reads_it(team: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_stream, "WAIT", 0.2)
    bob = person_of(given(claims("bob"))).owner
    job = answering("secret", 2.0, finish(), owner=bob)
    STREAMS.begun("bobs", job)
    its, next_of = {"session": "x", "attempt": job.attempt_id}, {"session": "bobs", "after": 0}
    until(lambda: job.text == "secret", 10, "no text came")
    assert ask(its, OURS) == (403, [])
    assert ask(next_of, OURS) == (403, [])
    assert ask(its, cookies("eve") | {"origin": "http://evil.test"}) == (403, [])
    for name in ("ann", "vic"):  # an admin, and a viewer
        assert ask(its, cookies(name)) == (404, [])
        assert ask(next_of, cookies(name)) == (200, [{}])
    assert ask(its, cookies("bob") | {"origin": "http://evil.test"}) == (403, [])
    assert ask(its, cookies("bob") | {"sec-fetch-site": "cross-site"}) == (403, [])
    without = {k: v for k, v in cookies("bob").items() if k != "origin"}
    assert ask(its, without) == (403, [])
    assert shown(ask(its, cookies("bob"))[1]) == ['<p dir="auto">secret</p>']


def test_a_viewer_reads_what_is_theirs(team: None) -> None:
    vic = person_of(given(claims("vic"))).owner
    job = answering("mine", 0.3, finish(), owner=vic)
    assert ask({"session": "v", "attempt": job.attempt_id}, cookies("vic"))[0] == 200


def test_a_reader_who_is_switched_off_meanwhile_reads_no_further(
    team: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_stream, "BEAT", 0.1)
    bob = person_of(given(claims("bob"))).owner
    job = answering("before", 1.0, " after", 0.2, finish(), owner=bob)
    bobs = cookies("bob")

    async def both() -> Told:
        found: Told = []
        body = {"session": "b", "attempt": job.attempt_id}
        stream = asyncio.create_task(asked(body, bobs, found.append))
        while not shown(found):
            await asyncio.sleep(0.01)
        await asyncio.to_thread(services.app().people().switch, bob, off=True)
        await asyncio.wait_for(stream, 20)
        return found

    told = asyncio.run(both())
    assert "after" not in str(told)
    assert {"done": True} not in told


def test_what_has_ended_or_never_was_is_not_found() -> None:
    job = ended(answering("over", finish()))
    for attempt in (job.attempt_id, new_id(), "", "../x"):
        assert ask({"session": "s", "attempt": attempt}) == (404, [])


@pytest.mark.parametrize(
    "body", [[], None, 7, {"session": 1}, {"attempt": "x"}, {"session": "s" * 400, "after": 0}]
)
def test_what_cannot_be_read_is_refused(body: object) -> None:
    assert ask(body) == (400, [])


@pytest.mark.parametrize("trick", tricks("http://x.test"))
def test_whatever_grows_is_harmless_at_every_step(trick: str) -> None:
    pieces, grown, told = Pieces("en"), GrowingAnswer(("Copy", "Copied")), []
    for end in range(0, len(trick) + 1, 3):
        told.append(pieces.next(trick[:end], whole=False) or {})
        assert shown(told) == [block.html for block in grown.blocks(trick[:end])]
    told.append(pieces.next(trick, whole=True) or {})
    for each in told:
        for html in each.get("blocks", ()):  # type: ignore[attr-defined]
            read(html)  # it asserts
    assert shown(told)


def test_text_that_turns_out_to_be_something_else_is_taken_back() -> None:
    pieces = Pieces("en")
    told = [pieces.next(text, whole=False) or {} for text in ("one\n\ntwo\n\nthree", "", "four")]
    assert shown(told[:2]) == []
    assert shown(told) == ['<p dir="auto">four</p>']


def test_the_server_ends_without_waiting_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = Streams()
    monkeypatch.setattr(answer_stream, "STREAMS", streams)
    job = answering("x", 30.0, finish())

    async def both() -> float:
        found: Told = []
        bodies: tuple[dict[str, object], ...] = (
            {"session": "s", "attempt": job.attempt_id},
            {"session": "s", "after": 0},
        )
        tasks = [asyncio.create_task(asked(body, OURS, found.append)) for body in bodies]
        while not shown(found):
            await asyncio.sleep(0.01)
        began = time.monotonic()
        streams.close()
        await asyncio.wait_for(asyncio.gather(*tasks), 20)
        return time.monotonic() - began

    assert asyncio.run(both()) < 5
    services.app().answers().stop("local", job.conversation_id)
