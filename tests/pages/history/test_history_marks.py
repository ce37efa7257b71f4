"""Star, title and tags of conversations; picking them; many at once."""

from components import services
from tests.pages.cost.past import fill, history, logged, rows, summary
from tests.pages.visiting import Person


def unfold(person: Person, conversation_id: str, what: str) -> Person:
    person.at.menu_button(key=f"row_menu-{conversation_id}").click(what)
    return person.look()


def write(person: Person, key: str, text: str) -> Person:
    person.at.text_input(key=key).set_value(text)
    return person.look()


def pick(person: Person, *ids: str) -> Person:
    """With boxes before the rows, once somebody selects."""
    if "select" in person.keys:
        person.press("select")
    for each in ids:
        person.at.checkbox(key=f"pick-{each}").check()
        person.look()
    return person


def picked(person: Person) -> list[str]:
    boxes = [box for box in person.at.checkbox if (box.key or "").startswith("pick-")]
    return [(box.key or "").removeprefix("pick-") for box in boxes if box.value]


def tags(conversation_id: str) -> tuple[str, ...]:
    return summary(conversation_id).tags


def test_a_star_is_set_and_taken_back() -> None:
    fill(2)
    person = history()
    assert person.at.button(key="star-c0").label == "☆"
    person.press("star-c0")
    assert (summary("c0").starred, summary("c1").starred) == (True, False)
    assert person.at.button(key="star-c0").label == "★"
    person.press("star-c0")
    assert not summary("c0").starred


def test_a_conversation_gets_another_title_and_keeps_its_place() -> None:
    fill(2)
    person = unfold(history(), "c0", "rename")
    assert person.at.text_input(key="rename-c0").value == "Title 0"
    write(person, "rename-c0", "营业执照 2026").press("save-c0")
    assert [link.value for link in person.at.page_link] == ["Title 1", "营业执照 2026"]
    assert "save-c0" not in person.keys


def test_cancel_leaves_the_title() -> None:
    fill(1)
    person = write(unfold(history(), "c0", "rename"), "rename-c0", "Other").press("cancel-c0")
    assert summary("c0").title == "Title 0"
    assert "save-c0" not in person.keys


def test_a_blank_title_changes_nothing() -> None:
    fill(1)
    person = write(unfold(history(), "c0", "rename"), "rename-c0", "  ").press("save-c0")
    assert summary("c0").title == "Title 0"
    assert person.errors == []


def test_tags_are_separated_by_the_commas_of_either_language() -> None:
    fill(1)
    person = unfold(history(), "c0", "tags")
    write(person, "tags-c0", "invoice, 发票，工作、2026 ,, ").press("save-c0")
    assert set(tags("c0")) == {"invoice", "发票", "工作", "2026"}
    assert all(f":gray-badge[{tag}]" in person.says for tag in tags("c0"))


def test_the_field_holds_the_tags_and_what_is_taken_out_is_gone() -> None:
    fill(1)
    services.app().store().history.tag("local", ["c0"], "a")
    services.app().store().history.tag("local", ["c0"], "b")
    person = unfold(history(), "c0", "tags")
    assert person.at.text_input(key="tags-c0").value == "a, b"
    write(person, "tags-c0", "b, c").press("save-c0")
    assert tags("c0") == ("b", "c")


def test_a_tag_is_text_and_never_markup() -> None:
    fill(1)
    services.app().store().history.tag("local", ["c0"], "x] ![y](http://evil.test/a.png)")
    assert "![y](" not in history().says


def test_one_is_picked_and_let_go() -> None:
    fill(3)
    person = pick(history(), "c1")
    assert "1 selected" in person.says
    assert person.remembers.history.picked == {"c1"}
    person.at.checkbox(key="pick-c1").uncheck()
    person.look()
    assert "selected" not in person.says.replace("bulk", "")
    assert "bulk_delete" not in person.keys


def test_all_on_the_page_are_those_of_this_page_alone() -> None:
    fill(25)
    person = history().press("select")
    person.at.checkbox(key="pick_all").check()
    person.look()
    assert "20 selected" in person.says
    assert picked(person) == rows(person)
    person.at.pagination(key="history_page").set_value(2)
    person.look()
    assert picked(person) == []
    assert not person.at.checkbox(key="pick_all").value
    person.at.checkbox(key="pick_all").check()
    assert "25 selected" in person.look().says
    person.at.checkbox(key="pick_all").uncheck()
    assert "20 selected" in person.look().says


def test_the_picked_are_starred_together() -> None:
    fill(3)
    pick(history(), "c0", "c2").press("bulk_star")
    assert [summary(f"c{n}").starred for n in range(3)] == [True, False, True]


def test_the_picked_are_tagged_together() -> None:
    fill(3)
    services.app().store().history.tag("local", ["c0"], "old")
    person = write(pick(history(), "c0", "c2"), "bulk_tag", " 工作 ")
    assert [tags(f"c{n}") for n in range(3)] == [("old", "工作"), (), ("工作",)]
    assert person.at.text_input(key="bulk_tag").value == ""


def test_the_picked_are_deleted_together_and_come_back_together() -> None:
    fill(4)
    person = pick(history(), "c0", "c2", "c3").press("bulk_delete")
    assert rows(person) == ["c1"]
    assert "3 conversations deleted. You can undo this for an hour." in person.says
    assert person.remembers.history.picked == set()
    assert logged("c2") is None
    assert rows(person.press("undo_delete")) == ["c3", "c2", "c1", "c0"]
