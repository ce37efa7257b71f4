"""Between a set as a value and the store; a set as one file."""

import dataclasses
import io
import zipfile

import pytest

from components.cases.builtin import builtin
from components.cases.case import Case, CaseSet, Message, Text
from components.cases.errors import CaseError
from components.cases.formats import WRITTEN, Written, of_files, read, write
from components.cases.keeping import contents_of, whole_set
from components.cases.packing import packed
from components.cases.store import (
    StoredCase,
    StoredSet,
    case_line,
    head_line,
    read_case,
    read_head,
    read_run,
    run_line,
)
from components.cases.wording import expectation, question_of
from components.i18n import LANGUAGES
from tests.unit.chat.pictures import picture
from tests.unit.db.casing import RUN, case_set

TRIALS = builtin("trials", "zh")


def test_images_get_their_hash_kind_and_thumbnail_and_come_back_by_it() -> None:
    contents = contents_of(TRIALS.images)
    assert {each.media_type for each in contents.values()} == {"image/webp"}
    assert all(0 < len(each.thumbnail) < 60_000 for each in contents.values())
    cases = tuple(StoredCase(case, 1) for case in TRIALS.cases)
    head = dataclasses.replace(TRIALS, cases=(), images={})
    hashes = {name: each.hash for name, each in contents.items()}
    stored = StoredSet("s", 1, TRIALS.name, cases, head, hashes)
    by_hash = {each.hash: each for each in contents.values()}
    assert whole_set(stored, by_hash.get) == TRIALS
    gone = whole_set(stored, lambda digest: None)
    assert (gone.cases, gone.images) == (TRIALS.cases, {})


def test_an_image_that_cannot_be_decoded_has_no_thumbnail_and_is_kept() -> None:
    cut = picture(640, 480)[:200]
    (kept,) = contents_of({"images/cut.png": cut}).values()
    assert (kept.content, kept.thumbnail) == (cut, b"")


def test_lines_are_read_as_they_were_written() -> None:
    whole, _ = case_set()
    for case in (*whole.cases, *TRIALS.cases):
        assert read_case(case_line(case)) == case
    assert read_head(head_line(whole), whole.name) == dataclasses.replace(
        whole, cases=(), runs=(), images={}
    )
    assert read_run(run_line(RUN)) == RUN


@pytest.mark.parametrize("name", WRITTEN)
def test_a_set_is_one_file_in_every_format_and_read_again(name: str) -> None:
    ending, data = packed(write(TRIALS, name))
    again = read(of_files([(f"set.{ending}", data)])).cases
    assert [question_of(case) for case in again.cases] == [
        question_of(case) for case in TRIALS.cases
    ]


def test_keys_are_masked_and_images_stay_as_they_are() -> None:
    key = "sk-canary-0815"
    case = Case("k", (Message("user", (Text(f"is {key} mine?"),)),))
    _, data = packed(write(CaseSet("S", (case,)), "tuwen"), [key, "short"])
    lines = zipfile.ZipFile(io.BytesIO(data)).read("cases.jsonl").decode()
    assert "is […] mine?" in lines


def test_files_that_came_together_are_one_folder() -> None:
    registry = (
        b"e:\n  class: evals.elsuite.basic.match:Match\n  args:\n    samples_jsonl: s.jsonl\n"
    )
    sample = b'{"input": [{"role": "user", "content": "1+1?"}], "ideal": "2"}\n'
    found = read(of_files([("e.yaml", registry), ("s.jsonl", sample)]))
    assert (found.format, len(found.cases.cases)) == ("openai_evals", 1)
    assert not [loss for loss in found.losses if loss.code == "class_unknown"]


def test_a_bundle_may_come_in_parts() -> None:
    files = write(TRIALS, "tuwen").files
    names = sorted(files)
    parts = [
        (f"part{n}.zip", packed(Written({name: files[name] for name in some}, ()))[1])
        for n, some in enumerate((names[:3], names[3:]))
    ]
    found = read(of_files(parts))
    assert found.cases == TRIALS
    assert found.losses == ()


def test_a_zip_that_is_damaged_is_one_sentence() -> None:
    with pytest.raises(CaseError, match="cases_damaged"):
        of_files([("set.zip", b"PK\3\4 nothing more")])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_expectations_are_said_in_words(lang: str) -> None:
    said = [expectation(lang, case.expect) for case in builtin("trials", lang).cases]
    assert all(said)
    assert "23" in said[2]
    odd = (
        {"grader": "kept", "kind": "python"},
        {"grader": "not", "of": {"grader": "contains", "any": ["no"]}},
        {"grader": "not", "any": ["no"]},
        {"grader": "contains", "where": "start", "value": "x" * 900},
        {"grader": "json", "schema": {"type": "object"}},
    )
    for grader in odd:
        words = expectation(lang, [grader])
        assert words
        assert len(words) < 120
    assert expectation(lang, ()) == ""
