"""Stores of version 6, as the code of then wrote them into each kind of database: what was in them
is read through the repositories of today. samples/*.sql are their dumps."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from components.chat.store import HistoryFilter
from components.spending.store import Limits, Rules
from db.store import Store, open_store
from tests.support.databases import Raw
from tests.unit.db.make import IDENTITY, START, Clock, content, rows_of, turn

SAMPLES = Path(__file__).parent / "samples"


def put_in(url: str) -> None:
    """The sample of its kind, into an empty database."""
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(str(parsed.database))) as raw:
            raw.execute("PRAGMA journal_mode=WAL")
            raw.executescript((SAMPLES / "sqlite.sql").read_text("utf-8"))
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as connection:
        connection.execute((SAMPLES / "postgres.sql").read_text("utf-8").encode())


@pytest.fixture(params=["sqlite", "postgres"])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of a database with the sample in it, before anybody has opened it."""
    postgres = request.param == "postgres"
    url = request.getfixturevalue("postgres_url") if postgres else f"sqlite:///{tmp_path}/log.db"
    put_in(url)
    return str(url)


@pytest.fixture
def old(old_url: str) -> Iterator[Store]:
    clock = Clock()
    clock.pass_(180)
    opened = open_store(old_url, clock=clock)
    yield opened
    opened.close()


def test_the_sample_is_older_than_the_schema_and_has_rows_in_every_table_of_then(
    old_url: str,
) -> None:
    rows = rows_of(old_url)
    assert [name for name, found in rows.items() if not found] == []
    version = "PRAGMA user_version" if "sqlite" in old_url else "SELECT version FROM tuwen_schema"
    assert Raw(old_url).run(version) == [(6,)]


def test_conversations_are_there_with_their_images(old: Store) -> None:
    (summary,) = old.history.page("me")
    assert (summary.id, summary.title, summary.messages) == ("c1", "图片里有什么", 4)
    assert (summary.starred, summary.tags, summary.cost) == (True, ("工作",), Decimal("0.0015"))
    whole = old.conversations.conversation("me", "c1")
    assert whole
    assert [m.text for m in whole.messages] == [
        "这张图片里有什么？",
        "A red square of me.",
        "And the invoice total?",
        "42 euros.",
    ]
    answer = whole.messages[1].attempt
    assert answer
    assert answer.result.reasoning == "It is red.", "it was told apart from the answer"
    assert (answer.result.input_tokens, answer.result.cached_tokens) == (800, 128)
    assert (answer.parameters, answer.prices) == (turn().parameters, turn().prices)
    (failed,) = whole.messages[1].earlier
    assert (failed.result.outcome, failed.result.status) == ("failed", 529)
    (image,) = whole.messages[0].images
    assert image.name == "红.png"
    kept = old.conversations.image("me", image.hash or "")
    assert kept
    assert kept.content.startswith(b"\x89PNG")
    assert kept.text == "ROT 17"
    assert old.conversations.thumbnail("me", image.hash or "") == kept.thumbnail


@pytest.mark.parametrize("words", ["图片", "rot", "square", "invoice euro"])
def test_old_words_are_found(old: Store, words: str) -> None:
    assert [s.id for s in old.history.page("me", HistoryFilter(text=words))] == ["c1"]
    assert old.history.count("you", HistoryFilter(text="invoice")) == 0


def test_what_was_deleted_can_be_had_back_or_goes_with_its_image(old: Store) -> None:
    assert old.history.undo_delete("me", ["c3"]) == 1
    whole = old.conversations.conversation("me", "c3")
    assert whole
    blue, link = whole.messages[0].images
    assert link.url == "https://example.org/a.png"
    assert old.history.delete("me", ["c3"]) == ["c3"]
    assert old.retention.purge("me") == 1
    assert old.conversations.image("me", blue.hash or "") is None


def test_another_owner_has_their_own(old: Store) -> None:
    whole = old.conversations.conversation("you", "c1")
    assert whole
    assert [m.text for m in whole.messages][1:] == ["A red square of you."]
    assert old.comparisons.page("you") == []


def test_comparisons_people_shares_and_what_else_was_kept_are_there(old: Store) -> None:
    (row,) = old.comparisons.page("me")
    assert (row.id, row.cells, row.ended, row.cost) == ("cmp1", 4, 4, Decimal("0.002"))
    compared = old.comparisons.comparison("me", "cmp1")
    assert compared
    assert [cell.state for cell in compared.cells] == ["ok", *["interrupted"] * 3]
    assert compared.comparison.accepted_for(["A"], 0) == "7"
    images = [old.conversations.image("me", i.hash) for i in compared.comparison.images]
    assert all(images)
    person = old.people.find("me")
    assert person
    assert (person.role, person.email) == ("admin", IDENTITY.email)
    share = old.shares.by_token("0" * 64)
    assert share
    assert old.shares.target("me", share.kind, share.target_id) == old.conversations.conversation(
        "me", "c1"
    )
    assert [row.conversation_id for row in old.shares.team("you")] == ["c1"]
    assert [(s.name, s.params) for s in old.scenarios.all("me")] == [("Receipts", "v=1")]
    vote = old.votes.find("me", "cost")
    assert vote
    assert vote.helpful
    (used,) = old.usage.rows("me", START)
    assert (used.cost, used.input_tokens, used.cached_tokens) == (Decimal("0.02"), 900, 0)
    assert old.usage.used("me", Rules(Limits(usd_day=Decimal(1))))["person"].usd_day == used.cost


def test_it_goes_on_from_there(old: Store) -> None:
    old.conversations.begin_turn("me", turn("9", conversation_id="c1"))
    whole = old.conversations.conversation("me", "c1")
    assert whole
    assert len(whole.messages) == 6
    assert old.conversations.image("me", content("9").hash) == content("9")
