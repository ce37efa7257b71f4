"""The list of conversations beside every page: days, search, and what can be done to each."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from components import services
from components.ui.widgets import when
from tests.pages.cost.past import fill, logged
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback


def look() -> Person:
    return Person(lang="en").look()


def shown(person: Person) -> list[str]:
    return [each for ids in person.listed.values() for each in ids]


def test_days_are_told_apart() -> None:
    today = datetime(2026, 3, 10, tzinfo=UTC).date()
    named = [when.period_of(today - timedelta(days=ago), today) for ago in (-1, 0, 1, 2, 6, 7, 400)]
    assert named == ["today", "today", "yesterday", "week", "week", "earlier", "earlier"]


def test_a_day_is_the_visitors(endpoint: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past midnight in Shanghai is yesterday afternoon in London."""
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person = look().ask("Well?")
    (row,) = services.app().store().history.page("local")
    for zone in ("Asia/Shanghai", "Europe/London"):
        local = row.updated_at.astimezone(ZoneInfo(zone))
        midnight = local.replace(hour=0, minute=0, second=0) + timedelta(days=1, minutes=30)
        monkeypatch.setattr(when, "local", lambda at, zone=zone: at.astimezone(ZoneInfo(zone)))
        clock = type("Clock", (datetime,), {"now": classmethod(lambda *_, at=midnight: at)})
        monkeypatch.setattr(when, "datetime", clock)
        assert list(person.look().listed) == ["Yesterday"], zone


def test_what_is_open_is_marked(endpoint: Loopback) -> None:
    fill(3)
    person = look().open("c1")
    assert person.at.query_params["c"] == "c1"
    (day,) = json.loads(person.shown_by("conversations")["days"])
    assert [row["id"] for row in day["rows"] if row["current"]] == ["c1"]


def test_one_is_renamed_starred_and_found(endpoint: Loopback) -> None:
    fill(3)
    person = look().does("rename", "c1", "  Receipts of May ").does("star", "c1")
    kept = logged("c1")
    assert kept is not None
    assert (kept.title, kept.starred) == ("Receipts of May", True)
    person.does("rename", "c1", "   ").does("unstar", "c1")
    kept = logged("c1")
    assert kept is not None
    assert (kept.title, kept.starred) == ("Receipts of May", False)
    assert shown(person.does("search", said=" may receipts ")) == ["c1"]
    assert shown(person.does("search", said="nowhere")) == []
    assert len(shown(person.does("search"))) == 3


def test_one_is_deleted_and_brought_back(endpoint: Loopback) -> None:
    fill(3)
    person = look().open("c1").does("delete", "c1")
    assert shown(person) == ["c2", "c0"]
    assert logged("c1") is None
    assert person.answers == []
    assert shown(person.does("undo", "c1")) == ["c2", "c1", "c0"]


def test_the_window_of_links_opens_where_it_can_be_drawn(endpoint: Loopback) -> None:
    fill(1)
    person = look().does("share", "c0")
    assert person.remembers.sharing is not None
    assert person.remembers.sharing.target_id == "c0"
    assert person.shown_by("conversations")["shares"] is True
    assert person.go("faq").shown_by("conversations")["shares"] is False


@pytest.mark.parametrize(
    "said", [None, 7, [], {"what": "burn", "id": "c0"}, {"what": ["open"]}, {"what": "open"}]
)
def test_what_the_list_never_says_does_nothing(said: object, endpoint: Loopback) -> None:
    fill(1)
    person = look().tell("conversations", "did", said)
    assert shown(person) == ["c0"]
    assert person.errors == []


def test_anothers_conversation_cannot_be_touched(endpoint: Loopback) -> None:
    fill(1, owner="somebody else")
    person = look()
    for what in ("star", "rename", "delete", "undo"):
        person.does(what, "c0", "Mine")
    kept = services.app().store().conversations.conversation("somebody else", "c0")
    assert kept is not None
    assert (kept.title, kept.starred) == ("Title 0", False)
    assert person.open("c0").answers == []
