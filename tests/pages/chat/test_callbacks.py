"""A question, its answer, its bill; and what happens when it fails."""

import re
import threading
from dataclasses import replace

import pytest

from components import services
from components.access.person import LOCAL
from components.chat.running.job import Job
from tests.pages.visiting import KEY, Person
from tests.support.databases import Raw
from tests.support.loopback.reply import DONE, Reply, Wait, answer, chunk, error, event
from tests.support.loopback.server import Loopback
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.pictures import picture
from tests.unit.chat.questions import ended, put

SQUARE = ("square.png", picture())


@pytest.fixture
def person(endpoint: Loopback) -> Person:
    return Person(lang="en").look()


def kept(person: Person) -> list[str]:
    """The texts of the conversation in the log."""
    found = (
        services.app()
        .store()
        .conversations.conversation("local", person.remembers.chat.conversation_id or "")
    )
    assert found is not None
    return [message.text for message in found.messages]


def test_a_question_is_answered_and_billed(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Four ", "colours.", model="gpt-4o", tokens=(780, 5)))
    person.drop(SQUARE).ask("What is this?")
    assert person.answers == ["What is this?", "Four colours."]
    # 765 + 4 + 7 = 776; 780 x 2.50 + 5 x 10 per million
    assert person.bill.startswith("780 tokens in (estimated 776, +4), 5 out · $0.002")
    assert re.search(r"first token after \d\.\d s · \d\.\d s$", person.bill)
    assert "1 answer · $0.002" in person.says
    assert kept(person) == person.answers
    assert person.errors == []


def test_what_was_sent_is_the_picture_as_the_model_sees_it(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.drop(SQUARE)
    person.detail(person.draft[0], "low").ask("A picture?")
    sent = endpoint.asked()[-1]
    image, words = sent.body["messages"][0]["content"]
    assert image["image_url"]["detail"] == "low"
    assert image["image_url"]["url"].startswith("data:image/")
    assert words == {"type": "text", "text": "A picture?"}
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in person.says


def test_afterwards_the_tray_is_empty_and_the_address_is_the_conversations(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.drop(SQUARE).ask("A picture?")
    assert (person.draft, person.typed) == ([], "")
    assert person.at.query_params["c"] == person.remembers.chat.conversation_id
    assert not [key for key in person.keys if key.startswith("sample-")]


def test_the_next_question_says_what_goes_again_and_sends_it(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Four.", model="gpt-4o"), answer("Sure.", model="gpt-4o"))
    person.drop(SQUARE).ask("How many colours?")
    assert person.resent == "1 image resent · 765 tokens"
    person.ask("Sure?")
    messages = endpoint.asked()[-1].body["messages"]
    assert [m["role"] for m in messages] == ["user", "assistant", "user"]
    assert messages[0] == endpoint.asked()[0].body["messages"][0]
    assert person.answers == ["How many colours?", "Four.", "Sure?", "Sure."]
    assert "2 answers" in person.says


def test_the_same_tab_can_begin_a_second_conversation(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("One.", model="gpt-4o"), answer("Two.", model="gpt-4o"))
    person.ask("First?")
    first = person.remembers.chat.conversation_id
    person.press("new_chat")
    assert person.answers == []
    assert "c" not in person.at.query_params
    person.ask("Second?")
    assert person.remembers.chat.conversation_id != first
    assert person.answers == ["Second?", "Two."]
    assert endpoint.asked()[-1].body["messages"] == [{"role": "user", "content": "Second?"}]
    person.open(first)
    assert person.answers == ["First?", "One."]
    assert person.at.query_params["c"] == first


def test_a_recent_conversation_opens_from_the_history_page_as_well(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("One.", model="gpt-4o"))
    person.ask("First?")
    first = person.remembers.chat.conversation_id
    person.press("new_chat").go("history").open(first)
    assert person.answers == ["First?", "One."]


def test_without_figures_from_the_endpoint_the_bill_says_so(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Two.", model="gpt-4o", tokens=None))
    person.ask("How many?")
    assert "none reported" in person.bill
    assert "$" in person.bill


def test_an_unknown_model_is_billed_in_tokens_and_called_unknown(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("fake-vision")
    assert "We have no price for this model" in person.says
    person.drop(SQUARE).ask("What is this?")
    assert person.answers[1].startswith("I see 1 image.")
    assert re.search(r"[\d,]+ tokens in, \d+ out · cost unknown", person.bill)
    assert "1 answer · cost unknown" in person.says


def test_an_image_in_an_answer_is_shown_as_text(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("![x](http://evil.test/a.png)", model="gpt-4o"))
    person.ask("Show me")
    assert "![" not in person.answers[1]
    assert kept(person)[1] == "![x](http://evil.test/a.png)"


def test_a_question_is_shown_as_it_was_typed(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("Yes.", model="gpt-4o"))
    person.ask("# 2 * 3 * 4 and $5 to $6\n![x](http://evil.test/a.png)")
    shown = person.answers[0]
    assert r"\*" in shown
    assert r"\$5" in shown
    assert "![x](" not in shown


def test_an_error_is_a_sentence_and_the_draft_comes_back(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("fake-status-401").drop(SQUARE).ask("What is this?")
    assert len(person.errors) == 1
    assert "rejected the key. Check the key of this endpoint" in person.errors[0]
    assert person.typed == "What is this?"
    assert [image.name for image in person.draft] == ["square.png"]
    # in the endpoint's own words, folded away
    assert "The loopback server was asked for 401." in person.says
    assert KEY not in person.says
    assert "nothing billed" in person.bill


def test_it_comes_back_once_and_can_be_sent_to_another_model(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("fake-status-401").drop(SQUARE).ask("What is this?")
    assert person.look().typed == ""
    assert len(person.draft) == 1
    person.pick("fake-vision").ask("What is this?")
    messages = endpoint.asked()[-1].body["messages"]
    assert [message["role"] for message in messages] == ["user"]
    assert len(messages[0]["content"]) == 2
    assert person.answers[-1].startswith("I see 1 image.")
    assert person.draft == []


def test_what_was_dropped_meanwhile_stays_behind_what_comes_back(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("fake-status-401").drop(SQUARE)
    endpoint.enqueue(error(500, message="down"), error(500, message="down"), error(500))
    first = person.draft[0].id
    person.ask("What is this?")
    assert [image.id for image in person.draft] == [first]
    person.drop(("second.png", picture(64, 64)))
    assert [image.name for image in person.draft] == ["square.png", "second.png"]


def test_half_an_answer_is_kept_and_the_question_is_not_given_back(
    person: Person, endpoint: Loopback
) -> None:
    cut = Reply([event(chunk("half of it", model="gpt-4o")), event(chunk(model="gpt-4o"))])
    endpoint.enqueue(cut)
    person.drop(SQUARE).ask("What is this?")
    assert person.answers == ["What is this?", "half of it"]
    assert "was lost during the answer. The partial answer is saved" in person.says
    assert (person.draft, person.typed) == ([], "")


def test_an_answer_cut_at_its_length_says_so(person: Person, endpoint: Loopback) -> None:
    endpoint.enqueue(answer("one two", model="gpt-4o", finish="length"))
    person.ask("Count")
    assert "Stopped at the output limit." in person.says


def test_a_stop_before_the_first_word_gives_the_question_back(
    person: Person, endpoint: Loopback
) -> None:
    """The page is busy following the answer; so the Stop comes from another tab."""
    endpoint.enqueue(Reply([Wait(20), DONE]))
    stopper = threading.Thread(target=stop_when_asked, args=(endpoint,))
    stopper.start()
    person.drop(SQUARE).ask("What is this?")
    stopper.join()
    assert "Stopped before the first token." in person.says
    assert person.typed == "What is this?"
    assert len(person.draft) == 1


def stop_when_asked(endpoint: Loopback) -> None:
    pause = threading.Event()
    for _ in range(1000):
        running = services.app().store().history.page("local")
        if endpoint.asked() and running and services.app().answers().stop("local", running[0].id):
            return
        pause.wait(0.01)


def test_a_question_while_another_tab_is_answered_is_given_back(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("One.", model="gpt-4o"))
    person.ask("First?").drop(SQUARE)
    other = FakeClient()
    other.enqueue(0.7, "Two.", finish())
    job = put(
        services.app().answers(),
        services.app().store(),
        other,
        "Second?",
        person.remembers.chat.conversation_id,
    )
    person.ask("Third?")
    assert ended(job).text == "Two."
    # the answer of the other tab was followed to its end, and nothing was asked twice
    assert person.answers == ["First?", "One.", "Second?", "Two."]
    assert len(endpoint.asked()) == 1
    assert [image.name for image in person.draft] == ["square.png"]


def test_what_a_model_cannot_take_is_said_before_anything_is_sent(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("gpt-3.5-turbo").drop(SQUARE).ask("What is this?")
    said = "gpt-3.5-turbo doesn't support images. Select a model that does, or remove the images."
    assert said in person.errors
    assert person.typed == "What is this?"
    assert len(person.draft) == 1
    assert endpoint.asked() == []
    assert services.app().store().history.count("local") == 0
    assert person.remembers.chat.conversation_id is None


def test_an_answer_that_ends_while_the_page_is_drawn_is_shown_whole(
    person: Person, endpoint: Loopback
) -> None:
    for n in range(5):
        client = FakeClient()
        client.enqueue(0.01 * n, "All ", "of it.", finish())
        job: Job = put(services.app().answers(), services.app().store(), client, "Quick?")
        tab = Person(lang="en", c=job.conversation_id).look()
        assert tab.answers == ["Quick?", "All of it."]
        assert "free" not in tab.says


def refuse_updates(url: str) -> None:
    """As a full disk would, once the question is written."""
    raw = Raw(url)
    if raw.is_sqlite:
        raw.run(
            "CREATE TRIGGER full_disk BEFORE UPDATE ON attempts BEGIN"
            " SELECT RAISE(FAIL, 'database or disk is full'); END"
        )
        return
    raw.run(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
    )
    raw.run(
        "CREATE TRIGGER full_disk BEFORE UPDATE ON attempts"
        " FOR EACH ROW EXECUTE FUNCTION full_disk()"
    )


def test_an_answer_that_could_not_be_saved_is_seen_all_the_same(
    person: Person, endpoint: Loopback, app_database_url: str
) -> None:
    refuse_updates(app_database_url)
    endpoint.enqueue(answer("Seen.", model="gpt-4o"))
    person.ask("What is this?")
    assert "This answer couldn't be saved. Copy it" in person.says
    assert "Seen." in person.says


def test_a_failure_while_the_page_is_drawn_gives_the_question_back_all_the_same(
    person: Person, endpoint: Loopback
) -> None:
    """The failure comes at another moment of the drawing each time."""
    person.drop(SQUARE)
    for n in range(6):
        down = error(400, message="no")
        endpoint.enqueue(replace(down, before=[Wait(0.004 * n)]))
        person.ask(f"Try {n}?")
        assert person.typed == f"Try {n}?"
        assert len(person.draft) == 1


def test_a_refusal_stays_until_something_is_done_about_it(
    person: Person, endpoint: Loopback
) -> None:
    said = "gpt-3.5-turbo doesn't support images. Select a model that does, or remove the images."

    def refused() -> Person:
        person.pick("gpt-3.5-turbo").drop(SQUARE).ask("What is this?").look().speak("en")
        assert said in person.errors
        return person

    refused().press("refusal_close")
    assert said not in person.errors
    refused().press(f"remove-{person.draft[0].id}")
    assert said not in person.errors
    refused().pick("gpt-4o")
    assert said not in person.errors
    refused().press("new_chat")
    assert said not in person.errors
    refused().pick("gpt-4o").ask("And now?")
    assert said not in person.errors
    assert len(endpoint.asked()) == 1


def enter_ahead(person: Person, question: str) -> None:
    """What the browser asks at Enter, before the script has begun."""
    ahead = person.remembers.chat.ahead
    assert ahead is not None
    ahead.ask(LOCAL, person.remembers.chat.conversation_id, question)


def test_what_the_browser_asked_ahead_of_the_script_is_asked_once(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Four.", model="gpt-4o"), answer("Red.", model="gpt-4o"))
    person.drop(SQUARE)
    enter_ahead(person, "How many?")
    person.ask("How many?")
    assert person.answers == ["How many?", "Four."]
    assert person.draft == []
    enter_ahead(person, "Which?")
    person.ask("Which?")
    assert person.answers == ["How many?", "Four.", "Which?", "Red."]
    assert len(endpoint.asked()) == 2
    assert kept(person) == person.answers
    assert person.errors == []


def test_what_was_asked_ahead_is_shown_by_whatever_run_comes_next(
    person: Person, endpoint: Loopback
) -> None:
    endpoint.enqueue(answer("Four.", model="gpt-4o"), answer("Five.", model="gpt-4o"))
    enter_ahead(person, "How many?")
    person.look()
    assert person.answers == ["How many?", "Four."]
    person.ask("How many?")  # the Enter itself, late
    assert len(endpoint.asked()) == 1
    person.ask("How many?")  # once more, and meant
    assert person.answers == ["How many?", "Four.", "How many?", "Five."]


def test_why_nothing_was_asked_ahead_is_said_and_the_question_stays(
    person: Person, endpoint: Loopback
) -> None:
    person.pick("gpt-3.5-turbo").drop(SQUARE)
    enter_ahead(person, "What is it?")
    person.ask("What is it?")
    assert person.errors
    assert person.at.chat_input(key="chat_input").value == "What is it?"
    assert len(person.draft) == 1
    assert endpoint.asked() == []
