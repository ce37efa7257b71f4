"""Chinese and English: from the address, the browser, the switch."""

import pytest

from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture


def test_the_address_decides() -> None:
    person = Person(lang="zh").look()
    assert "看图提问" in person.says
    assert person.at.segmented_control(key="language").value == "zh"


@pytest.mark.parametrize(
    ("locale", "lang"),
    [("zh-CN", "zh"), ("zh", "zh"), ("ZH-tw", "zh"), ("en-US", "en"), ("de-DE", "en")],
)
def test_without_one_the_browsers_language_is_taken(locale: str, lang: str) -> None:
    person = Person()
    person.at.context["locale"] = locale
    person.look()
    assert person.remembers.lang == lang
    assert person.at.query_params["lang"] == lang


def test_a_browser_that_tells_nothing_gets_english() -> None:
    assert Person().look().remembers.lang == "en"


@pytest.mark.parametrize("asked", ["", "fr", "../../etc", "EN"])
def test_a_language_that_is_not_there_is_ignored(asked: str) -> None:
    person = Person(lang=asked).look()
    assert person.remembers.lang == "en"
    assert person.at.query_params["lang"] == "en"


def test_the_switch_changes_all_of_the_page_and_the_address() -> None:
    person = Person(lang="en").look().speak("zh")
    assert person.at.query_params["lang"] == "zh"
    assert person.at.button(key="new_chat").label == "新建对话"
    assert "Ask about an image" not in person.says
    person.speak("en")
    assert person.at.query_params["lang"] == "en"
    assert person.at.button(key="new_chat").label == "New chat"


def test_a_choice_outlives_the_page_and_beats_the_browser() -> None:
    person = Person()
    person.at.context["locale"] = "en-US"
    person.look().speak("zh")
    # a click in the navigation drops the address's query
    person.at.query_params = {}
    person.go("history")
    assert person.at.title[0].value == "历史"
    assert person.at.query_params["lang"] == "zh"


def test_the_draft_and_the_model_survive_the_switch(endpoint: Loopback) -> None:
    person = Person(lang="en").look().pick("gpt-5").drop(("a.png", picture()))
    person.detail(person.draft[0], "low").speak("zh").look()
    assert person.model == "loop/gpt-5"
    assert person.at.button_group(key=f"detail-{person.draft[0].id}").value == "low"
    assert "1 张图片" in person.estimate


def test_errors_and_bills_are_in_the_persons_language(endpoint: Loopback) -> None:
    person = Person(lang="zh").look().pick("fake-status-401").ask("这是什么？")
    assert "密钥" in person.errors[0]
    endpoint.enqueue(answer("狗。", model="gpt-4o"))
    person.pick("gpt-4o").ask("这是什么？")
    assert person.answers[-1] == "狗。"
    assert "$" in person.says
    # what was answered before is told anew in the other language
    assert "rejected the key" in person.speak("en").errors[0]
