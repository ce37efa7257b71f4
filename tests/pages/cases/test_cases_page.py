"""The page of cases: sets made, brought in, changed, taken out."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from components import services
from components.cases.builtin import builtin
from components.cases.case import Case, CaseSet, Message, Text
from components.cases.formats import of_files, read
from components.cases.store import StoredSet
from components.ui.cases import export
from tests.pages.access.test_access import AUTH, owner, secrets, signed_in
from tests.pages.visiting import Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.unit.chat.pictures import picture
from tests.unit.db.comparing import comparison

EVALS = b"\n".join(
    json.dumps({"input": [{"role": "user", "content": f"Question {n}?"}], "ideal": str(n)}).encode()
    for n in range(3)
)
FOREIGN = json.dumps(
    {
        "prompts": ["{{q}}"],
        "providers": ["openai:gpt-4o"],
        "tests": [
            {
                "vars": {"q": "What?"},
                "assert": [
                    {"type": "equals", "value": "cat"},
                    {"type": "javascript", "value": "output.length < 3"},
                ],
            }
        ],
    }
).encode()


def page(lang: str = "en", **query: str) -> Person:
    return Person(lang=lang, **query).look().go("cases")


def stored(set_id: str | None, owner: str = "local") -> StoredSet:
    found = services.app().store().cases.whole(owner, set_id or "")
    assert found
    return found


def this(person: Person) -> StoredSet:
    """The set that is shown."""
    return stored(person.remembers.cases.set_id)


def keys(person: Person, name: str) -> list[str]:
    return [each for each in person.keys if each.startswith(name)]


def type_(person: Person, key: str, text: str) -> Person:
    kinds = (*person.at.text_area, *person.at.text_input)
    next(each for each in kinds if each.key == key).set_value(text)
    return person.look()


def test_built_in_sets_are_there_without_a_key_and_open_with_one_click() -> None:
    person = page("zh")
    assert "五个测试" in person.says
    person.press("open-builtin-trials")
    assert "数出 23" in person.says
    given, kept = builtin("trials", "zh"), this(person)
    assert tuple(each.case for each in kept.cases) == given.cases
    assert set(kept.hashes) == set(given.images)
    assert person.at.query_params["set"] == person.remembers.cases.set_id
    person.press("all_sets")
    assert keys(person, "open-builtin") == ["open-builtin-samples"]
    assert len(keys(person, "open-set-")) == 1


def test_a_set_that_is_somebody_elses_or_gone_is_not_found() -> None:
    services.app().store().cases.create("you", "s1", CaseSet("Theirs", ()), {}, "hand")
    person = page(set="s1")
    assert "doesn't exist or isn't yours" in person.says
    assert "Theirs" not in person.says
    assert "Five trials" in person.press("all_sets").says


def test_a_case_is_made_by_hand_with_an_image_and_its_expectations() -> None:
    person = type_(page(), "new_set_name", "Receipts").press("create_set")
    assert "No cases yet" in person.says
    person.press("add_case").drop(("receipt.png", picture(64, 48)))
    type_(person, "case_question", "What is the total?")
    person.at.selectbox(key="case_kind").set_value("number")
    type_(person.look(), "case_expected", "12.50").press("add_expected")
    assert "says 12.50" in person.says
    person.at.selectbox(key="case_kind").set_value("not")
    type_(person.look(), "case_expected", "sorry\nunable")
    type_(person, "case_tags", "paper, 中文，paper").press("save_case")
    assert person.errors == []
    (found,) = this(person).cases
    (message,) = found.case.input
    assert message.content[0] == Text("What is the total?")
    assert [each.image for each in found.case.images] == list(this(person).hashes)
    assert found.case.expect == (
        {"grader": "number", "value": "12.50"},
        {"grader": "not", "of": {"grader": "contains", "any": ["sorry", "unable"]}},
    )
    assert found.case.tags == ("paper", "中文")
    kept = services.app().store().conversations.image("local", found.image or "")
    assert kept
    assert kept.content == picture(64, 48)


def test_what_cannot_be_expected_is_said_and_nothing_typed_is_lost() -> None:
    person = page().press("create_set").press("add_case")
    type_(person, "case_question", "How many?")
    person.at.selectbox(key="case_kind").set_value("count")
    type_(person.look(), "case_expected", "many").press("save_case")
    (said,) = person.errors
    assert "many" in said
    assert [each.value for each in person.at.text_area] == ["How many?", "many"]
    type_(type_(person, "case_expected", ""), "case_question", "").press("save_case")
    assert person.errors == [
        "There is neither a question nor an image. Enter a question, or add an image."
    ]
    assert this(person).cases == ()


def test_an_edited_case_is_a_new_version_and_what_the_form_does_not_show_stays() -> None:
    case = Case(
        "k",
        (Message("system", (Text("Be short."),)), Message("user", (Text("One?"), Text("Two?")))),
        expect=({"grader": "iou", "boxes": [[0, 0, 1, 1]]},),
        metadata={"a": 1},
    )
    services.app().store().cases.create("local", "s1", CaseSet("S", (case,)), {}, "file")
    person = page(set="s1").press("edit_case-s1-k")
    assert "1 earlier message is sent along" in person.says
    person.press("save_case")
    (same,) = this(person).cases
    assert (same.case, same.version) == (case, 2)
    type_(person.press("edit_case-s1-k"), "case_question", "Three?").press("save_case")
    (changed,) = this(person).cases
    assert changed.case.input == (case.input[0], Message("user", (Text("Three?"),)))
    assert (changed.case.expect, changed.case.metadata) == (case.expect, case.metadata)
    assert stored("s1").version == 3
    first = services.app().store().cases.whole("local", "s1", 1)
    assert first
    assert first.cases[0].case == case


def test_a_deleted_case_and_a_deleted_set_come_back_with_undo() -> None:
    person = page().press("open-builtin-trials")
    set_id = person.remembers.cases.set_id
    person.press(f"delete_case-{set_id}-seeds")
    assert [each.case.id for each in this(person).cases].count("seeds") == 0
    person.press("undo_case")
    assert [each.case.id for each in this(person).cases][2] == "seeds"
    person.at.menu_button(key="set_menu").click("delete")
    person.look()
    assert "deleted. You can undo this" in person.says
    assert services.app().store().cases.sets("local") == []
    person.press("undo_set")
    assert [each.id for each in services.app().store().cases.sets("local")] == [set_id]


def test_a_set_is_renamed() -> None:
    person = page().press("open-builtin-trials")
    person.at.menu_button(key="set_menu").click("rename")
    type_(person.look(), "set_name", "**Mine**").press("save_name")
    assert this(person).name == "**Mine**"


def test_cases_are_searched_and_paged() -> None:
    cases = tuple(
        Case(f"k{n}", (Message("user", (Text(f"question {n:04}"),)),)) for n in range(1000)
    )
    services.app().store().cases.create("local", "s1", CaseSet("Many", cases), {}, "file")
    person = page(set="s1")
    assert "1,000 cases" in person.says
    assert len(keys(person, "edit_case-")) == 25
    person.at.session_state["case_page"] = 40
    assert "question 0999" in person.look().says
    assert "expects nothing yet" in person.says
    type_(person, "case_search", "QUESTION 001")
    assert "11 match" in person.says
    assert len(keys(person, "edit_case-")) == 11


def test_a_file_is_looked_at_before_it_is_kept_and_what_is_lost_is_said() -> None:
    person = page().drop(("tests.json", FOREIGN))
    assert "promptfoo · 1 case · 0 images" in person.says
    assert "javascript is kept, but never run here" in person.says
    assert services.app().store().cases.sets("local") == []
    type_(person, "came_name", "Mine").press("keep_cases")
    (summary,) = services.app().store().cases.sets("local")
    assert (summary.name, summary.cases, summary.origin) == ("Mine", 1, "file")
    assert "is “cat”" in person.says


def test_a_file_can_be_discarded_and_a_broken_one_is_one_sentence() -> None:
    person = page().drop(("samples.jsonl", EVALS)).press("discard_cases")
    assert services.app().store().cases.sets("local") == []
    person.drop(("notes.txt", b"nothing of a case"))
    (said,) = person.errors
    assert said.startswith("“notes” is of no format that is known here. Select another file.")
    assert "Import a file of cases" in str(person.shown_by("cases_drop_bar"))


def test_images_that_do_not_fit_the_quota_leave_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = page()
    monkeypatch.setattr(services.app().budget(), "quota", 1000)
    person.press("open-builtin-trials")
    assert person.errors
    assert services.app().store().cases.sets("local") == []


def test_what_is_exported_is_what_was_kept_and_losses_are_said_first() -> None:
    person = page().press("open-builtin-trials")
    set_id = str(person.remembers.cases.set_id)
    assert "Nothing is lost" in person.says
    made = export._made("local", set_id, "tuwen", ()).getvalue()
    again = read(of_files([("set.zip", made)])).cases
    assert again == builtin("trials", "en")
    person.at.selectbox(key="case_format").set_value("inspect-csv")
    person.look()
    assert "Inspect has no place for" in person.says
    csv = export._made("local", set_id, "inspect-csv", ()).getvalue()
    assert b"How many sunflower seeds" in csv or zipfile.ZipFile(io.BytesIO(csv)).namelist()


def test_no_key_leaves_with_a_set(endpoint: Loopback) -> None:
    from tests.pages.visiting import KEY

    case = Case("k", (Message("user", (Text(f"my key is {KEY}"),)),))
    services.app().store().cases.create("local", "s1", CaseSet("S", (case,)), {}, "hand")
    made = zipfile.ZipFile(export._made("local", "s1", "tuwen", ()))
    lines = made.read("cases.jsonl").decode()
    assert KEY not in lines
    assert "my key is […]" in lines


def marked(person: Person, endpoint: Loopback) -> Person:
    """A question with an image and its answer, marked wrong."""
    endpoint.enqueue(answer("There are 22 seeds.", model="gpt-4o"))
    person.pick("gpt-4o").drop(("seeds.png", picture(64, 48))).ask("How many seeds?")
    person.press(keys(person, "label_wrong-")[0])
    field = next(each for each in person.at.text_area if (each.key or "").startswith("corrected-"))
    field.set_value("23 seeds")
    return person.press(keys(person, "save_label-")[0])


def test_labels_become_cases_with_what_was_asked_and_is_right(endpoint: Loopback) -> None:
    store = services.app().store()
    store.comparisons.begin_comparison("local", *comparison("1", mode="together"))
    person = marked(Person(lang="en").look(), endpoint).go("cases")
    assert "2 labels: 1 right, 1 wrong" in person.says
    person.press("make_cases")
    assert "2 cases made." in person.says
    of_chat, of_row = sorted(
        (each.case for each in this(person).cases),
        key=lambda case: case.source["model"] == "",
    )
    assert of_chat.input[-1].content[0] == Text("How many seeds?")
    assert of_chat.expect == ({"grader": "number", "value": "23"},)
    source: dict[str, Any] = dict(of_chat.source)
    assert (source["model"], source["answer"], source["marked"], source["by"]) == (
        "gpt-4o",
        "There are 22 seeds.",
        "wrong",
        "local",
    )
    set_id = person.remembers.cases.set_id
    person.press(f"edit_case-{set_id}-{of_chat.id}")
    assert "The answer then: There are 22 seeds." in person.says
    assert "Right answer: 23 seeds" in person.says
    person.press("cancel_case")
    (image,) = of_chat.images
    kept = store.conversations.image("local", this(person).hashes[image.image])
    assert kept
    assert kept.content == picture(64, 48)
    assert of_row.expect == ({"grader": "number", "value": "42"},)
    assert len(list(of_row.images)) == 2
    assert [part.text for part in of_row.input[0].content if isinstance(part, Text)] == ["看图"]
    store.history.delete("local", [person.remembers.chat.conversation_id or ""])
    store.retention.purge("local")
    assert store.conversations.image("local", this(person).hashes[image.image]) == kept


def test_without_labels_it_is_said_how_to_make_some() -> None:
    person = page()
    assert "Mark answers as right or wrong" in person.says
    assert "make_cases" not in person.keys


class TestTeam:
    @pytest.fixture(autouse=True)
    def team(self, tmp_path: Path) -> None:
        secrets(
            tmp_path,
            '[access]\nmode = "oidc"\nallow = ["example.org"]\n'
            f'viewers = ["vic@example.org"]\n{AUTH}',
        )

    def test_sets_are_their_owners_alone(self) -> None:
        bob = signed_in("bob").look().go("cases").press("open-builtin-trials")
        ann = signed_in("ann")
        ann.at.query_params["set"] = bob.remembers.cases.set_id or ""
        ann.look().go("cases")
        assert keys(ann, "open-set-") == []
        assert services.app().store().cases.sets(owner(ann)) == []
        assert len(services.app().store().cases.sets(owner(bob))) == 1

    def test_whoever_only_reads_makes_and_changes_nothing(self) -> None:
        vic = signed_in("vic").look().go("cases")
        assert not vic.at.file_uploader
        assert [key for key in vic.keys if "set" in key or "builtin" in key] == []
        store = services.app().store().cases
        store.create(owner(vic), "s1", builtin("trials", "en"), {}, "hand")
        vic.look().press("open-set-s1")
        assert "How many sunflower seeds" in vic.says
        assert keys(vic, "edit_case-") + keys(vic, "delete_case-") + keys(vic, "add_case") == []
