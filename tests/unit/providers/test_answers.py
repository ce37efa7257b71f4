"""What the client understands of what a real server sends."""

import json

import pytest

from components.providers.base import Finish, Usage
from components.providers.reply.answer import MAX_TEXT
from tests.support.loopback import (
    CLOSE,
    DONE,
    STALL,
    Loopback,
    Reply,
    Wait,
    answer,
    chunk,
    event,
    usage_chunk,
    whole,
)
from tests.unit.providers.asking import ask, endpoint, question


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


def test_an_event_without_its_blank_line_counts_unless_it_is_cut_off(loopback: Loopback) -> None:
    last = event(chunk("b", finish="stop"))
    loopback.enqueue(Reply([event(chunk("a")), last.rstrip()], framing="eof"))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("ab", "stop")
    loopback.enqueue(Reply([event(chunk("a")), last[:-9]], framing="eof"))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("a", None)


def test_fields_of_events_that_nobody_knows_are_ignored(loopback: Loopback) -> None:
    steps = [event(chunk("a")), b"<p>ad</p>\nid: 7\n\n", event(chunk(finish="stop"))]
    loopback.enqueue(Reply(steps))
    heard = ask(endpoint(loopback), question())
    assert (heard.text, heard.finish.reason) == ("a", "stop")


def test_an_event_of_several_lines_survives_a_cut_inside_its_line_end(loopback: Loopback) -> None:
    first, second = json.dumps(chunk("ab", finish="stop"), indent=0).split("\n", 1)
    rest = "".join(f"data: {line}\r\n" for line in second.split("\n"))
    packets = [f"data: {first}\r".encode(), Wait(0.02), f"\n{rest}\r\n".encode()]
    loopback.enqueue(Reply(packets))
    assert ask(endpoint(loopback), question()).text == "ab"


def test_a_very_long_line_is_cut_at_the_longest_answer_that_is_taken(loopback: Loopback) -> None:
    line = event(chunk("x" * 20_000_000))
    packets = [line[at : at + 2**20] for at in range(0, len(line), 2**20)]
    loopback.enqueue(Reply([event(chunk("begin ")), *packets, event(chunk("more")), STALL]))
    heard = ask(endpoint(loopback), question())
    assert heard.finish.reason == "truncated"
    assert len(heard.text) == MAX_TEXT
    assert heard.text.startswith("begin xxx")
    assert loopback.asked()[0].left.wait(5), "the endpoint is told to stop"


def test_many_short_pieces_are_cut_at_the_same_length(loopback: Loopback) -> None:
    piece = event(chunk("y" * 1000))
    loopback.enqueue(Reply([piece * 100] * 11, framing="eof"))
    heard = ask(endpoint(loopback), question())
    assert (heard.finish.reason, len(heard.text)) == ("truncated", MAX_TEXT)


def test_an_answer_of_exactly_the_longest_length_is_whole(loopback: Loopback) -> None:
    loopback.enqueue(answer("z" * MAX_TEXT))
    heard = ask(endpoint(loopback), question())
    assert (heard.finish.reason, len(heard.text)) == ("stop", MAX_TEXT)
