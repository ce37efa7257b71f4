"""The websocket client of bench_sessions: it asks, and tells a whole answer from a broken one."""

import asyncio
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.support.servers import loopback
from tests.bench.support.sessions import Seen, load, opened, read
from tests.bench.support.token_server import MODEL, PIECES, WHOLE
from tests.bench.support.websocket import Visit
from tests.e2e.browser.running import RunningApp


def written(*bodies: str, kind: str = "markdown") -> Seen:
    """What a session sees to which these were sent, a second apart, all to one place."""
    visit = Visit("http://127.0.0.1:1")
    for at, body in enumerate(bodies, 1):
        message = ForwardMsg()
        message.metadata.delta_path.extend([0, 1])
        if kind == "markdown":
            message.delta.new_element.markdown.body = body
        else:
            message.delta.new_element.exception.message = body
        visit.received.append((float(at), message.SerializeToString()))
    return read(visit, 0.0)


def test_three_visits_at_once_each_get_the_whole_answer_once(tmp_path: Path) -> None:
    async def visits(url: str) -> list[Seen]:
        pages = [await opened(url) for _ in range(3)]
        return (await load(pages, url, over=0.0)).seen

    with (
        loopback("tests.bench.support.token_server", "--rate", "100") as endpoint,
        RunningApp(tmp_path, endpoint.base_url, models=(MODEL,)) as app,
    ):
        seen = asyncio.run(visits(app.url))
    assert [each.errors for each in seen] == [[], [], []]
    assert all(each.first and each.whole and each.first < each.whole for each in seen)


def test_times_are_of_the_first_letter_the_growth_and_the_whole() -> None:
    half = "".join(PIECES[:100]).strip()
    seen = written("n1", half, half, WHOLE)
    assert (seen.first, seen.whole, seen.gap) == (1.0, 4.0, 2.0)
    assert seen.rate == 199 / 3
    assert seen.errors == []


def test_an_answer_that_lacks_its_end_is_an_error() -> None:
    assert written("n1", "n1 n2 n3").errors == ["1 answers, [3] tokens"]


def test_an_answer_with_a_hole_is_an_error() -> None:
    assert written(WHOLE.replace(" n77 ", " ")).errors


def test_an_exception_on_the_page_is_an_error() -> None:
    assert "exception: boom" in written("boom", kind="exception").errors


def test_a_text_that_came_in_one_piece_did_not_stream() -> None:
    assert written(WHOLE).rate == 0.0
