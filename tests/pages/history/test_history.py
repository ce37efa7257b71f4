"""The history page: lists, pages, opens, deletes and brings back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from components import services
from components.chat.running.answers import Answers
from components.chat.store import ConversationSummary
from db.conversations.history import History
from tests.pages.cost.past import fill, had, history, logged, rows
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.fakes import FakeClient
from tests.unit.chat.pictures import picture
from tests.unit.chat.questions import put


def test_an_empty_history_says_so_and_leads_to_the_chat() -> None:
    person = history()
    assert "Nothing here yet." in person.says
    assert [link.value for link in person.at.page_link] == ["Start your first chat"]
    assert rows(person) == []


def test_conversations_are_listed_newest_first_with_their_facts() -> None:
    fill(3)
    person = history()
    assert rows(person) == ["c2", "c1", "c0"]
    assert [link.value for link in person.at.page_link] == ["Title 2", "Title 1", "Title 0"]
    facts = person.at.container(key="row-c0").caption[0].value
    assert "llava · 2 messages · 1 image · " in facts
    assert facts.endswith(r"\$0.0012")
    assert "3 conversations" in person.says


def test_one_conversation_is_not_conversations() -> None:
    fill(1)
    assert "1 conversation, stored" in history().says


def test_what_is_not_known_of_the_cost_is_said() -> None:
    fill(1, cost=None)
    assert "cost unknown" in history().says


def test_times_are_those_of_the_persons_clock() -> None:
    fill(1)
    written = services.app().store().history.page("local")[0].updated_at
    person = Person(lang="en")
    person.at.context["timezone"] = "Asia/Shanghai"
    person.look().go("history")
    assert f"{written + timedelta(hours=8):%H:%M} · " in person.says
    person.at.context["timezone"] = "Not/A_Zone"
    assert f"{written:%H:%M} · " in person.look().says


@pytest.mark.parametrize(
    ("lang", "days"),
    [
        ("en", ["Today", "Yesterday", "Previous 7 days", "Earlier"]),
        ("zh", ["今天", "昨天", "近 7 天", "更早"]),
    ],
)
def test_conversations_stand_under_their_days(
    monkeypatch: pytest.MonkeyPatch, lang: str, days: list[str]
) -> None:
    fill(4)
    now = services.app().store().history.page("local")[0].updated_at
    noon = now.replace(hour=12, minute=5)
    ages = {"c3": 0, "c2": 1, "c1": 3, "c0": 400}
    page = History.page

    def aged(*args: object, **more: object) -> list[ConversationSummary]:
        found = page(*args, **more)
        return [replace(r, updated_at=noon - timedelta(days=ages[r.id])) for r in found]

    monkeypatch.setattr(History, "page", aged)
    person = Person(lang=lang).look().go("history")
    assert [h.value for h in person.at.header] == days
    facts = [person.at.container(key=f"row-{id_}").caption[0].value for id_ in ages]
    first = [each.partition(" · ")[0] for each in facts]
    assert first[:2] == ["12:05", "12:05"]
    assert first[2].endswith(" 12:05")
    assert str((noon - timedelta(days=400)).year) in first[3]
    assert ("月" in first[3]) == (lang == "zh")


def test_boxes_come_when_somebody_selects_and_go_with_what_was_picked() -> None:
    fill(2)
    person = history()
    assert not person.at.checkbox
    person.press("select").at.checkbox(key="pick-c1").check()
    assert "1 selected" in person.look().says
    person.press("select_done")
    assert not person.at.checkbox
    assert person.remembers.history.picked == set()


def test_the_menu_of_a_row_has_all_that_can_be_done() -> None:
    fill(2)
    person = history()
    menu = person.at.menu_button(key="row_menu-c1")
    assert list(menu.options) == ["Rename", "Tags", "Share", "Star", "Delete"]
    menu.click("starred")
    assert person.look().at.button(key="star-c1").label == "★"
    person.at.menu_button(key="row_menu-c1").click("delete")
    assert rows(person.look()) == ["c0"]
    assert rows(person.press("undo_delete")) == ["c1", "c0"]


def test_twenty_five_conversations_are_two_pages() -> None:
    fill(25)
    person = history()
    assert rows(person) == [f"c{n}" for n in range(24, 4, -1)]
    pagination = person.at.pagination(key="history_page")
    assert pagination.num_pages == 2
    pagination.set_value(2)
    person.look()
    assert rows(person) == [f"c{n}" for n in range(4, -1, -1)]
    person.at.pagination(key="history_page").set_value(1)
    assert rows(person.look())[0] == "c24"


def test_twenty_conversations_need_no_pages() -> None:
    fill(20)
    person = history()
    assert len(rows(person)) == 20
    assert not person.at.pagination


def test_deleting_the_last_of_a_page_leads_back_to_the_one_before() -> None:
    fill(21)
    person = history()
    person.at.pagination(key="history_page").set_value(2)
    person.look()
    assert rows(person) == ["c0"]
    person.press("delete-c0")
    assert rows(person)[0] == "c20"
    assert len(rows(person)) == 20


def test_deleting_is_done_at_once_and_says_that_it_can_be_undone() -> None:
    fill(3)
    person = history()
    assert "undo_delete" not in person.keys
    person.press("delete-c1")
    assert rows(person) == ["c2", "c0"]
    assert "1 conversation deleted. You can undo this for an hour." in person.says
    assert "2 conversations" in person.says


def test_a_deleted_conversation_is_gone_from_the_store_and_the_sidebar() -> None:
    fill(3)
    person = history().press("delete-c1")
    assert [each for ids in person.listed.values() for each in ids] == ["c2", "c0"]
    assert logged("c1") is None


def test_undo_brings_it_back_as_it_was() -> None:
    fill(3)
    before = logged("c1")
    person = history().press("delete-c1").press("undo_delete")
    assert rows(person) == ["c2", "c1", "c0"]
    assert logged("c1") == before
    assert "undo_delete" not in person.keys
    assert "deleted" not in person.says


def test_undo_reaches_the_last_deletion_alone() -> None:
    fill(3)
    person = history().press("delete-c0").press("delete-c2").press("undo_delete")
    assert rows(person) == ["c2", "c1"]


def test_the_last_one_can_be_undone_too() -> None:
    fill(1)
    person = history().press("delete-c0")
    assert "Nothing here yet." in person.says
    assert rows(person.press("undo_delete")) == ["c0"]


def test_what_was_purged_meanwhile_does_not_come_back() -> None:
    fill(2)
    person = history().press("delete-c0")
    services.app().store().retention.purge("local")
    assert rows(person.press("undo_delete")) == ["c1"]
    assert person.errors == []


def test_deleting_the_open_conversation_leaves_an_empty_chat(endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person = Person(lang="en").look().ask("Well?")
    here = person.remembers.chat.conversation_id
    person.at.query_params = {"lang": "en"}  # as a click in the navigation leaves it
    person.go("history").press(f"delete-{here}")
    assert "Nothing here yet." in person.says
    person.go("chat")
    assert person.answers == []
    assert "There is no conversation" not in person.says


def test_deleting_a_conversation_ends_its_answer() -> None:
    client = FakeClient()
    client.enqueue("so far", 60.0, "never")
    answers: Answers = services.app().answers()
    job = put(answers, services.app().store(), client)
    person = history()
    assert "answering" in person.says
    person.press(f"delete-{job.conversation_id}")
    job.wait(1 << 30, 10)
    assert job.done
    assert client.cancelled == 1
    assert services.app().store().history.count("local") == 0


def test_conversations_of_others_are_not_there() -> None:
    fill(2, owner="somebody else")
    person = history()
    assert "Nothing here yet." in person.says
    assert person.listed == {}


def test_a_title_is_text_and_never_markup(endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person = Person(lang="en").look()
    person.ask("![x](http://evil.test/a.png) **bold** :red[x] $1 and $2").go("history")
    (label,) = [link.value for link in person.at.page_link]
    assert "![x](" not in label
    assert "**bold**" not in label
    assert ":red[" not in label


def test_the_first_picture_stands_beside_the_title(endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person = Person(lang="en").look().drop(("a.png", picture())).ask("Well?").go("history")
    assert len(person.at.image) == 1


def test_a_conversation_without_images_has_its_row_too() -> None:
    had("1", images=[], contents=[])
    person = history()
    assert rows(person) == ["c1"]
    assert (person.errors, len(person.at.image)) == ([], 0)


def test_the_list_beside_the_page_shows_thirty_and_all_on_request() -> None:
    fill(32)
    person = history()
    newest = [f"c{n}" for n in range(31, -1, -1)]
    assert [each for ids in person.listed.values() for each in ids] == newest[:30]
    assert person.shown_by("conversations")["more"] is True
    person.does("all")
    assert [each for ids in person.listed.values() for each in ids] == newest
    assert person.shown_by("conversations")["more"] is False
