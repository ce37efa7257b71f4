"""Export in five formats of what is picked or listed; import of our own files."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from html.parser import HTMLParser
from importlib import import_module

import pytest

from components import services
from components.chat.store import HistoryFilter
from components.ui.history import export
from tests.pages.cost.past import fill, had, history, logged, rows
from tests.pages.visiting import KEY, Person
from tests.support.loopback.server import Loopback

FORMATS = ["markdown", "html", "json", "jsonl", "csv"]


def made(name: str, *ids: str, wanted: HistoryFilter | None = None) -> bytes:
    """The file of a download, as the server makes it after the click."""
    return export._made(name, ids, "local", "en", wanted or HistoryFilter()).read()


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """The files of an export, one for a format that isn't a zip."""
    if not content.startswith(b"PK"):
        return {name: content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {entry: archive.read(entry) for entry in archive.namelist()}


def told(name: str, *ids: str, wanted: HistoryFilter | None = None) -> set[str]:
    """Which of the conversations of `fill` an export holds, by their questions."""
    whole = b"".join(unpacked(name, made(name, *ids, wanted=wanted)).values()).decode(
        "utf-8", "replace"
    )
    words = "Title" if name == "csv" else "What is this?"
    return {f"c{n}" for n in range(9) if f"{words} {n}" in whole}


def bring_in(person: Person, name: str, content: bytes) -> Person:
    person.at.file_uploader[0].set_value([(name, content, "application/octet-stream")])
    return person.look()


@pytest.mark.parametrize("name", FORMATS)
def test_all_means_every_conversation_and_picked_means_these(name: str) -> None:
    fill(4)
    assert told(name) == {"c0", "c1", "c2", "c3"}
    assert told(name, "c1", "c3") == {"c1", "c3"}
    assert told(name, wanted=HistoryFilter(text="title 2")) == {"c2"}


def test_a_conversation_of_somebody_else_is_in_no_export() -> None:
    fill(1, owner="somebody else")
    assert told("json", "c0") == set()
    assert told("json") == set()


def test_each_format_is_what_it_says() -> None:
    had("1", text="图里有什么？", result={"text": "一只橘猫", "input_tokens": 801})
    zipped = unpacked("markdown", made("markdown"))
    (page,) = [text.decode() for entry, text in zipped.items() if entry.endswith(".md")]
    assert "一只橘猫" in page
    assert [entry for entry in zipped if entry.startswith("images/")]

    html = made("html").decode()
    HTMLParser().feed(html)
    assert html.lower().startswith("<!doctype html>")
    assert "一只橘猫" in html
    assert "data:image/png;base64," in html

    data = json.loads(unpacked("json", made("json"))["conversations.json"])
    assert [each["title"] for each in data["conversations"]] == ["Title 1"]
    assert len(data["images"]) == 1

    (line,) = made("jsonl").decode().splitlines()
    assert [m["role"] for m in json.loads(line)["messages"]] == ["system", "user", "assistant"]

    (row,) = csv.DictReader(io.StringIO(made("csv").decode("utf-8-sig")))
    assert (row["model"], row["input_tokens"]) == ("llava", "801")
    assert Decimal(row["cost_usd"]) == Decimal("0.0012")


@pytest.mark.parametrize("name", FORMATS)
def test_the_servers_key_is_masked_wherever_it_stands(name: str, endpoint: Loopback) -> None:
    had("1", text=f"My key is {KEY}", title=f"Key {KEY}", result={"text": f"Never tell {KEY}"})
    files = unpacked(name, made(name))
    assert files
    assert not [entry for entry, content in files.items() if KEY.encode() in content]


def test_a_key_that_was_typed_is_masked_as_well() -> None:
    typed = "typed-canary-77aa"
    had("1", text=f"My key is {typed}")
    args = ("json", ("c1",), "local", "en", HistoryFilter())
    seen = b"".join(unpacked("json", export._made(*args, (typed,)).read()).values())
    assert typed.encode() not in seen
    assert typed.encode() in b"".join(unpacked("json", export._made(*args).read()).values())


def test_the_page_offers_five_files_of_all_or_of_the_picked() -> None:
    fill(2)
    person = history()
    buttons = [b.key for b in person.at.get("download_button") if b.key != "export_all"]
    assert buttons == [f"export-{name}" for name in FORMATS]
    assert "All listed conversations" in person.says
    person.press("select").at.checkbox(key="pick-c1").check()
    person.look()
    assert "The selected conversations." in person.says


def test_an_export_brings_back_what_was_deleted_for_good() -> None:
    fill(3)
    before = logged("c1")
    archive = made("json", "c1")
    person = history().press("delete-c1")
    services.app().store().retention.purge("local")
    assert services.app().store().history.undo_delete("local", ["c1"]) == 0
    bring_in(person, "tuwen.json.zip", archive)
    assert logged("c1") == before
    assert "c1" in rows(person)
    assert "1 imported, 0 already here, 0 skipped" in person.says
    assert before is not None
    shown = before.messages[0].images[0].hash
    assert services.app().store().conversations.image("local", shown or "") is not None


def test_an_import_undoes_a_deletion_and_changes_nothing_else() -> None:
    fill(2)
    archive = made("json")
    services.app().store().history.rename("local", "c0", "Renamed since")
    person = bring_in(history().press("delete-c1"), "tuwen.json.zip", archive)
    assert sorted(rows(person)) == ["c0", "c1"]
    assert "0 imported, 2 already here, 0 skipped" in person.says
    found = logged("c0")
    assert found is not None
    assert found.title == "Renamed since"


def test_an_import_fills_an_empty_history() -> None:
    fill(2)
    archive = made("json")
    services.app().store().history.delete("local", ["c0", "c1"])
    services.app().store().retention.purge("local")
    person = history()
    assert "Nothing here yet." in person.says
    assert sorted(rows(bring_in(person, "tuwen.json.zip", archive))) == ["c0", "c1"]


@pytest.mark.parametrize(
    "content", [b"", b"no export", b'{"format": "other"}', b"PK\3\4 and no zip", b'{"format": "tu']
)
def test_a_foreign_file_gives_one_sentence_and_changes_nothing(content: bytes) -> None:
    fill(1)
    person = bring_in(history(), "foreign.json", content)
    (error,) = person.errors
    assert "file" in error
    assert rows(person) == ["c0"]
    assert "already here" not in person.says
    assert person.look().errors == []


def test_another_file_can_follow_a_foreign_one() -> None:
    fill(1)
    archive = made("json")
    person = bring_in(history(), "foreign.json", b"no export")
    bring_in(person, "tuwen.json.zip", archive)
    assert person.errors == []
    assert "0 imported, 1 already here, 0 skipped" in person.says


def test_a_file_that_takes_too_long_gives_one_sentence_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(2)
    archive = made("json")
    services.app().store().history.delete("local", ["c0"])
    services.app().store().retention.purge("local")
    with monkeypatch.context() as patch:
        patch.setattr(import_module("components.worker.run"), "SECONDS", 0.01)
        person = bring_in(history(), "tuwen.json.zip", archive)
    (error,) = person.errors
    assert "Nothing was imported" in error
    assert rows(person) == ["c1"]
    bring_in(person.look(), "tuwen.json.zip", archive)
    assert person.errors == []
    assert sorted(rows(person)) == ["c0", "c1"]
