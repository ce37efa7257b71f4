"""Settings that are wrong, a store that can't be opened, addresses that lead nowhere."""

import logging
import sqlite3
from pathlib import Path

import pytest

from components import services
from components.ui.app import store_unavailable
from components.ui.app.errors import sentence
from tests.pages.visiting import KEY, Person, configure
from tests.support.loopback.reply import error, whole
from tests.support.loopback.server import Loopback

SETTINGS = [
    ("OPENAI_BASE_URL", "ftp://example.test/v1"),
    ("OPENAI_BASE_URL", "not an address"),
    ("OPENAI_BASE_URL", "http://me:secret@127.0.0.1:1/v1"),
    ("OPENAI_API_KEY", "sk-secret with spaces"),
]


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_a_setting_that_cannot_be_used_is_named_and_the_app_lives(
    person: Person, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    person.look()
    assert len(person.errors) == 1
    assert f"The setting {name} isn't a valid" in person.says.replace("\\", "")
    assert value not in person.says
    assert "secret" not in person.says
    assert person.model == "builtin/builtin-reader"
    assert person.at.chat_input
    assert name in person.go("history").says.replace("\\", "")


def test_a_broken_endpoint_leaves_the_others(person: Person, endpoint: Loopback, tmp_path: Path):
    configure(tmp_path, "broken", base_url="ftp://x", api_key=KEY)
    person.look()
    assert len(person.errors) == 1
    assert person.model == "loop/gpt-4o"


def test_an_endpoint_from_the_environment_lists_its_own_models(
    person: Person, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", loopback.base_url)
    person.look()
    options = person.models
    assert [option.split(" · ")[0] for option in options[:3]] == [
        "fake-vision",
        "fake-slow",
        "fake-silent",
    ]
    assert options[-1].startswith("built-in reader")
    person.look().look()
    assert len(loopback.asked("/v1/models")) == 1


def test_models_that_cannot_be_listed_are_said_to_be_so_in_one_sentence(
    person: Person, loopback: Loopback, tmp_path: Path
) -> None:
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY)
    loopback.enqueue(error(401, message=f"Incorrect API key provided: {KEY}"))
    person.look()
    assert len(person.errors) == 1
    assert "rejected the key" in person.errors[0]
    assert KEY not in person.says
    assert person.model == "builtin/builtin-reader"


def test_an_endpoint_that_is_not_there_is_said_not_to_answer(
    person: Person, tmp_path: Path
) -> None:
    with Loopback() as gone:
        url = gone.base_url
    configure(tmp_path, base_url=url)
    person.look()
    assert len(person.errors) == 1
    host = url.split("/")[2]
    assert f"{host} isn't responding." in person.errors[0]


def test_an_endpoint_with_no_models_offers_none(
    person: Person, loopback: Loopback, tmp_path: Path
) -> None:
    configure(tmp_path, base_url=loopback.base_url)
    loopback.enqueue(whole({"object": "list", "data": []}))
    person.look()
    assert len(person.models) == 1
    assert person.errors == []


def test_an_unknown_conversation_is_said_not_to_be_there() -> None:
    person = Person(lang="en", c="0" * 32).look()
    assert "This conversation doesn't exist or isn't yours." in person.says
    # and one can begin here
    assert [key for key in person.keys if key.startswith("sample-")]
    assert "no conversation" not in person.press("new_chat").says


@pytest.mark.parametrize("strange", ["'; DROP TABLE conversations; --", "../../etc", "💥" * 500])
def test_no_address_breaks_the_page(strange: str) -> None:
    person = Person(lang="en", c=strange).look()
    assert "This conversation doesn't exist or isn't yours." in person.says


def test_a_conversation_of_somebody_else_looks_like_none(endpoint: Loopback) -> None:
    from tests.unit.db.make import turn

    services.app().store().conversations.begin_turn("somebody else", turn("1"))
    person = Person(lang="en", c="c1").look()
    assert "This conversation doesn't exist or isn't yours." in person.says
    assert "What is this?" not in person.says


def not_a_folder(folder: Path) -> str:
    (folder / "file").write_text("a file where a folder should be")
    return f"sqlite:///{folder / 'file' / 'log.db'}"


def no_database(folder: Path) -> str:
    (folder / "notes.db").write_text("these are notes and no database " * 100)
    return f"sqlite:///{folder / 'notes.db'}"


def somebody_elses(folder: Path) -> str:
    with sqlite3.connect(folder / "other.db") as other:
        other.execute("CREATE TABLE songs (title TEXT)")
    return f"sqlite:///{folder / 'other.db'}"


def another_kind(folder: Path) -> str:
    return "postgresql://me:secret@127.0.0.1/tuwen"


def look_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without its store waits for it, which a simulated tab never sees the end of."""
    monkeypatch.setattr(store_unavailable, "until_back", lambda: None)


@pytest.mark.parametrize("make", [not_a_folder, no_database, somebody_elses, another_kind])
@pytest.mark.parametrize("page", ["chat", "history"])
def test_a_store_that_cannot_be_opened_is_one_sentence_and_no_traceback(
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: "object",
    page: str,
) -> None:
    monkeypatch.setenv("DATABASE_URL", make(tmp_path))  # type: ignore[operator]
    look_once(monkeypatch)
    person.look().go(page)
    assert len(person.errors) == 1
    assert "something went wrong" not in person.says.lower()
    assert "Traceback" not in person.says
    assert "secret" not in person.says


def test_the_pages_work_as_soon_as_the_store_can_be_opened(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", not_a_folder(tmp_path))
    look_once(monkeypatch)
    assert person.look().errors
    (tmp_path / "file").unlink()
    assert person.look().errors == []
    assert "Ask about an image" in person.says


def test_the_server_starts_without_a_store_and_stops_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", not_a_folder(tmp_path))
    services.app().start()
    services.app().stop()


def test_an_unforeseen_error_is_a_number_that_the_servers_log_explains(
    person: Person, endpoint: Loopback, caplog: pytest.LogCaptureFixture
) -> None:
    person.look()
    person.remembers.chat.parameters = None  # type: ignore[assignment]
    with caplog.at_level(logging.ERROR):
        person.look()
    assert person.errors
    for said in person.errors:  # one of each block that it takes away
        number = said.split("(error ")[1].split(")")[0]
        assert f"error {number}" in caplog.text
    assert "AttributeError" in caplog.text
    assert "AttributeError" not in person.says


def test_an_unknown_code_or_a_missing_value_is_still_a_sentence() -> None:
    for code, data in (("no such code", {}), ("rate_limit", {}), ("unexpected", {})):
        what, then = sentence(code, data)
        assert what
        assert then
        assert "{" not in what + then


def test_values_in_an_error_are_text_and_never_markup() -> None:
    what, _ = sentence("image_empty", {"name": "![x](http://evil.test/a.png) :red[y]"})
    assert "![x](" not in what
    assert ":red[" not in what


def test_settings_are_read_once(person: Person, endpoint: Loopback, tmp_path: Path) -> None:
    person.look()
    configure(tmp_path, "second", base_url=endpoint.base_url, models=["gpt-4o"])
    assert [each.name for each in services.app().settings().endpoints] == ["loop"]
    services.begin()
    assert [each.name for each in services.app().settings().endpoints] == ["loop"]
