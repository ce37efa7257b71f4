"""Search and filters of the history: what they let through, what they say, what they forget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components import services
from components.chat.store import StoredConversation
from tests.pages.cost.past import START, fill, had, history, rows
from tests.pages.visiting import Person

RESTORED = StoredConversation("d", "From elsewhere", START, START, ())


def search(person: Person, text: str) -> Person:
    person.at.text_input(key="history_search").set_value(text)
    return person.look()


def marks(person: Person, *wanted: str) -> Person:
    person.at.button_group(key="filter_marks").set_value(list(wanted))
    return person.look()


def button(person: Person) -> str:
    """What stands on the button of the filters."""
    return str(person.at.get_by_key("filters").proto.popover.label)


def test_two_chinese_characters_are_found_within_a_sentence() -> None:
    had("1", text="图里的橘猫在做什么？", title="一")
    had("2", text="这张发票多少钱？", title="二", result={"text": "三百元"})
    person = search(history(), "橘猫")
    assert rows(person) == ["c1"]
    assert "1 matches" in person.says
    assert rows(search(person, "三百")) == ["c2"]
    assert rows(search(person, "橘发")) == []


def test_the_beginning_of_a_latin_word_is_enough_and_its_middle_is_not() -> None:
    had("1", text="Describe the Invoice")
    had("2", text="Describe the cat")
    person = history()
    assert rows(search(person, "invo")) == ["c1"]
    assert rows(search(person, "DESCRIBE TH invo")) == ["c1"]
    assert rows(search(person, "describe")) == ["c2", "c1"]
    assert rows(search(person, "voice")) == []


def test_a_search_without_a_find_says_none_and_an_empty_one_lists_all() -> None:
    fill(3)
    person = search(history(), "zebra")
    assert rows(person) == []
    assert "0 match" in person.says
    person = search(person, "")
    assert len(rows(person)) == 3
    assert "of them" not in person.says


def test_starred_alone() -> None:
    fill(3)
    services.app().store().history.star("local", ["c1"])
    person = marks(history(), "starred")
    assert rows(person) == ["c1"]
    assert button(person) == "Filter (1)"


def test_with_images_alone() -> None:
    had("1")
    had("2", images=[], contents=[])
    assert rows(marks(history(), "with_images")) == ["c1"]


def test_by_model_among_those_that_were_asked() -> None:
    had("1", model="gpt-4o")
    had("2", model="llava")
    person = history()
    models = person.at.multiselect(key="filter_models")
    assert models.options == ["gpt-4o", "llava"]
    models.set_value(["gpt-4o"])
    assert rows(person.look()) == ["c1"]


def test_by_tag_among_those_that_are_there() -> None:
    fill(2)
    services.app().store().history.tag("local", ["c0"], "工作")
    person = history()
    tag = person.at.selectbox(key="filter_tag")
    assert tag.options == ["工作"]
    tag.set_value("工作")
    assert rows(person.look()) == ["c0"]


def test_by_days_since_the_last_change() -> None:
    now = datetime.now(UTC)
    for days in (0, 3, 20):
        at = now - timedelta(days=days, hours=1)
        services.app().store().conversations.restore(
            "local", replace(RESTORED, id=f"d{days}", updated_at=at), ()
        )
    person = history()
    for days, found in ((1, ["d0"]), (7, ["d0", "d3"]), (30, ["d0", "d3", "d20"])):
        person.at.button_group(key="filter_days").set_value(days)
        assert rows(person.look()) == found
    assert button(person) == "Filter (1)"
    person.at.button_group(key="filter_days").set_value(0)
    assert (rows(person.look()), button(person)) == (["d0", "d3", "d20"], "Filter")


def test_by_what_it_cost_at_least_the_bound_included() -> None:
    had("1", result={"cost": Decimal("0.0012")})
    had("2", result={"cost": Decimal("0.05")})
    had("3", result={"cost": None})
    person = history()
    person.at.number_input(key="filter_cost").set_value(0.05)
    assert rows(person.look()) == ["c2"]
    person.at.number_input(key="filter_cost").set_value(0.0012)
    assert sorted(rows(person.look())) == ["c1", "c2"]


def test_filters_hold_together_are_counted_and_cleared_at_once() -> None:
    fill(3)
    services.app().store().history.star("local", ["c0", "c1"])
    services.app().store().history.tag("local", ["c1", "c2"], "work")
    person = marks(history(), "starred", "with_images")
    person.at.selectbox(key="filter_tag").set_value("work")
    person.look()
    assert rows(person) == ["c1"]
    assert button(person) == "Filter (3)"
    search(person, "nothing like it").press("filter_clear")
    assert len(rows(person)) == 3
    assert button(person) == "Filter"
    assert person.at.text_input(key="history_search").value == ""
    assert person.at.button_group(key="filter_marks").value == []


def test_a_filter_stays_through_a_look_at_the_chat() -> None:
    fill(3)
    services.app().store().history.star("local", ["c1"])
    person = marks(history(), "starred").go("chat").go("history")
    assert rows(person) == ["c1"]
    assert person.at.button_group(key="filter_marks").value == ["starred"]


def test_pages_are_those_of_what_is_found() -> None:
    fill(45)
    services.app().store().history.tag("local", [f"c{n}" for n in range(21)], "old")
    person = history()
    assert person.at.pagination(key="history_page").num_pages == 3
    person.at.pagination(key="history_page").set_value(3)
    person.look()
    person.at.selectbox(key="filter_tag").set_value("old")
    person.look()
    assert person.at.pagination(key="history_page").num_pages == 2
    assert rows(person) == ["c0"]  # the last page that there is
    person.at.pagination(key="history_page").set_value(1)
    assert rows(person.look()) == [f"c{n}" for n in range(20, 0, -1)]
    assert "21 match" in person.says
