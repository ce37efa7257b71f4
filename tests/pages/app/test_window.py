"""What the browser calls what it shows."""

from tests.pages.visiting import Person


def name(person: Person) -> str:
    return person.remembers.window_title


def test_a_tab_is_named_after_its_page_or_its_conversation(person: Person) -> None:
    assert name(person.look()) == "Chat · Tuwen 图问"
    person.ask("What is  this?\nAnd that?")
    assert name(person) == "What is this? And that? · Tuwen 图问"
    assert name(person.go("cost")) == "Cost · Tuwen 图问"
    assert name(person.go("chat")) == "What is this? And that? · Tuwen 图问"
    assert name(person.press("new_chat")) == "Chat · Tuwen 图问"
    assert name(person.speak("zh")) == "对话 · Tuwen 图问"


def test_a_long_title_is_cut_in_its_tab(person: Person) -> None:
    person.look().ask("word " * 100)
    assert len(name(person)) < 100
    assert name(person).endswith("… · Tuwen 图问")
