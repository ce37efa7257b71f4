"""Files that were made to do harm: each ends at once, in one sentence, and nothing of it is run,
fetched or read from elsewhere."""

import base64
import io
import json
import os
import socket
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from components.cases.case import Image
from components.cases.errors import CaseError
from components.cases.formats import of_bytes, opened, read, write
from components.cases.formats.source import inside
from components.cases.limits import MAX_CASES, MAX_NODES, MAX_TEXT_BYTES
from components.i18n.sentence import sentence
from tests.unit.cases.formats.written import (
    PROMPTFOO_CSV,
    RED,
    codes,
    data_of,
    encoded,
    jsonl,
    put,
    read_at,
)


@pytest.fixture(autouse=True)
def _nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In a folder of its own nothing new appears, and no connection is opened."""

    def refuse(*_: Any) -> None:
        raise AssertionError("a connection")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    yield
    assert not list(tmp_path.rglob("tuwen_was_here"))


def code_of(name: str, content: bytes, which: str | None = None) -> str:
    """The code of what is refused, which has its sentences, and took no second."""
    begun = time.process_time()
    with pytest.raises(CaseError) as caught:
        read(of_bytes(content, name), which)
    assert time.process_time() - begun < 5
    for lang in ("en", "zh"):
        assert all(sentence(lang, caught.value.code, caught.value.data))
    return caught.value.code


_BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
_DEEP = "[" * 100_000
_ROW = {"id": "a", "input": "x", "expect": []}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.yaml", _BOMB + "tests: *i", "cases_complex"),
        ("a.yaml", "tests: &a [*a]", "cases_complex"),
        ("a.yaml", f"tests: &a [x]\nb: [{','.join(['*a'] * 1_001)}]", "cases_complex"),
        ("a.yaml", f"tests: [{'x,' * (MAX_NODES + 1)}]", "cases_complex"),
        ("a.yaml", f"tests: {'[' * 200}", "cases_complex"),
        (
            "a.yaml",
            "tests:\n - !!python/object/apply:os.system [touch tuwen_was_here]",
            "cases_tag",
        ),
        ("a.yaml", "tests: !!python/name:os.system ''", "cases_tag"),
        ("a.yaml", "tests: !mine 5", "cases_tag"),
        ("a.yaml", "tests: [1\n--- x", "cases_damaged"),
        ("a.yaml", "tests: []\n---\ntests: []", "cases_damaged"),
        ("a.yaml", "tests: {? [a] : b}", "cases_damaged"),
        ("a.yaml", "tests: []", "cases_empty"),
        ("a.json", '{"tests": ' + _DEEP, "cases_complex"),
        ("a.json", '{"tests": [' + "[]," * 2_000_001, "cases_complex"),
        ("a.json", '{"tests": NaN}', "cases_damaged"),
        ("a.json", '{"tests": ' + "9" * 10_000 + "}", "cases_damaged"),
        ("a.json", '{"tests": [', "cases_damaged"),
        ("a.jsonl", '{"input": "x", "expect": []', "cases_damaged"),
        ("a.jsonl", '{"input": "x", "expect": [5]}', "cases_invalid"),
        ("a.jsonl", '{"input": "x", "expect": [{"grader": "not"}]}', "cases_invalid"),
        ("a.jsonl", '{"input": "x", "expect": [{"grader": "x", "any": [1]}]}', "cases_invalid"),
        ("a.json", '{"data": [{"object": "eval.run.output_item"}, 5]}', "cases_invalid"),
        ("a.jsonl", '{"id": "", "input": "x", "expect": []}', "cases_invalid"),
        ("a.jsonl", '{"id": "a", "input": 5, "expect": []}', "cases_invalid"),
        ("a.jsonl", json.dumps(_ROW) + "\n" + json.dumps(_ROW), "cases_invalid"),
        ("a.jsonl", '{"input": [{"role": 1}], "ideal": "x"}', "cases_invalid"),
        ("a.jsonl", '{"input": {"a": 1}, "target": "x"}', "cases_invalid"),
        ("a.jsonl", "\n".join(['{"input":"x","target":"y"}'] * (MAX_CASES + 1)), "cases_too_many"),
        ("a.jsonl", '{"a": 1}', "cases_unknown"),
        ("a.txt", "just words", "cases_unknown"),
        ("a.jsonl", b"\xff{", "cases_not_text"),
        ("a.tsv", b"index\tquestion\n1\t\x00\x01", "cases_not_text"),
        ("a.tsv", "index\tquestion\tquestion\n1\ta\tb", "cases_invalid"),
        ("a.tsv", "index\tquestion\n1\ta\tb", "cases_invalid"),
        ("a.csv", "q,__expected\n" + "x,y\n" * (MAX_CASES + 1), "cases_too_many"),
        ("a.json", b" " * (MAX_TEXT_BYTES + 1), "cases_too_large"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_it_is_refused_by_name(name: str, content: str | bytes, code: str) -> None:
    assert code_of(name, content.encode() if isinstance(content, str) else content) == code


def test_a_product_of_lists_is_counted_before_it_is_made() -> None:
    values = {f"v{n}": list(range(100)) for n in range(8)}
    content = json.dumps({"tests": [{"vars": values}]}).encode()
    assert code_of("a.json", content) == "cases_too_many"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/x.png",
        "file:///etc/x.png",
        "../x.png",
        "file://../../x.png",
        "a/../../x.png",
        "C:/x.png",
        "c:\\x.png",
        "\\\\host\\x.png",
        "//host/x.png",
        "~/x.png",
        "..\\x.png",
        "x\0.png",
    ],
)
def test_a_path_that_leads_out_is_none(path: str) -> None:
    assert inside("", path) is None
    assert inside("a/b", "../../x.png") == "x.png"


def paths(folder: Path, written: list[str]) -> set[str]:
    """What is told of a file that names these images. None of them may have been read."""
    tests = [{"vars": {"image": each, "q": "x"}} for each in written]
    found = read_at(put(folder, {"t.yaml": tests}) / "t.yaml")
    assert found.cases.images == {}
    kept = [image.image for case in found.cases.cases for image in case.images]
    assert kept == written
    return codes(found)


def test_an_image_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    secret = put(tmp_path, {"secret.png": RED}) / "secret.png"
    folder = tmp_path / "bundle"
    assert paths(folder, ["file://../secret.png", f"file://{secret}"]) == {"image_outside"}
    (folder / "link.png").symlink_to(secret)
    (folder / "deep").symlink_to(tmp_path)
    assert paths(folder, ["file://link.png", "file://deep/secret.png"]) == {"image_missing"}
    (folder / "text.png").write_text("no image")
    assert paths(folder, ["file://text.png"]) == {"image_unusable"}
    assert paths(folder, ["http://127.0.0.1:9/x.png"]) == {"image_address"}


def test_a_wider_root_lets_an_image_in(tmp_path: Path) -> None:
    put(tmp_path, {"images/red.png": RED})
    tests = [{"vars": {"image": "file://../images/red.png"}}]
    file = put(tmp_path / "below", {"t.yaml": tests}) / "t.yaml"
    found = read_at(file, tmp_path)
    assert list(found.cases.images.values()) == [RED]
    again = write(found.cases, "promptfoo")
    assert data_of("t.yaml", again.files["below/t.yaml"]) == tests
    assert dict(again.beside) == {"images/red.png": RED}


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert paths(tmp_path / "x", ["file://pipe.png"]) == {"image_missing"}
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(CaseError) as caught, opened(tmp_path / "pipe.jsonl"):
        pass
    assert caught.value.code == "cases_file"


def zipped(entries: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
        for name, target in (links or {}).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, target)
    return out.getvalue()


def bundle(image: str) -> bytes:
    content = [{"type": "image", "image": image}, {"type": "text", "text": "What?"}]
    return jsonl([{"id": "a", "input": [{"role": "user", "content": content}], "expect": []}])


def test_a_bundle_has_no_way_out(tmp_path: Path) -> None:
    for n, image in enumerate(["../x.png", "images/../../x.png", "/x.png", "images/link.png"]):
        entries = {"cases.jsonl": bundle(image), "../x.png": RED, "/x.png": RED}
        file = tmp_path / f"{n}.zip"
        file.write_bytes(zipped(entries, {"images/link.png": "../x.png"}))
        found = read_at(file)
        assert found.cases.images == {}
        assert codes(found) <= {"image_outside", "image_missing"}
        assert [each.image for each in found.cases.cases[0].images] == [image]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"cases.jsonl": b" " * (MAX_TEXT_BYTES + 1)}), "cases_too_large"),
        (b"PK\3\4 nothing more", "cases_damaged"),
        (zipped({"x.txt": b"x"}), "cases_unknown"),
        (zipped({"cases.jsonl": bundle("x"), "set.json": b'{"version": 99}'}), "cases_newer"),
        (zipped({"cases.jsonl": bundle("x"), "set.json": b"[]"}), "cases_invalid"),
        (zipped({"cases.jsonl": bundle("x"), "runs.jsonl": b'{"answers": [{}]}'}), "cases_invalid"),
    ],
    ids=["bomb", "cut", "other", "newer", "head", "runs"],
)
def test_a_zip_that_is_a_trap_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(CaseError) as caught:
        read_at(tmp_path / "b.zip")
    assert caught.value.code == code


def test_a_cell_is_never_evaluated() -> None:
    rows = "".join(
        f"{n}\t{encoded(RED)}\tq\t{code}\n"
        for n, code in enumerate(
            [
                "[].append(open('tuwen_was_here','w').write('x'))",
                "__import__('os').system('touch tuwen_was_here')",
                "['a'] * 10**9",
                "[" * 5_000 + "]" * 5_000,
            ]
        )
    )
    found = read(of_bytes(f"index\timage\tquestion\tanswer\n{rows}".encode(), "c.tsv"))
    graders = [case.expect[0] for case in found.cases.cases]
    assert all(each["values"][0].startswith(("[", "__import__")) for each in graders)


def test_a_template_is_filled_once_and_nothing_else_is_done_with_it() -> None:
    value = "{{b}} {% for x in range(10) %}{{ b.__class__ }}{{ b | upper }}"
    config = {
        "prompts": ["{{a}} {{ b | dump }} {{ c }}"],
        "tests": [{"vars": {"a": value, "b": "q"}}],
    }
    found = read(of_bytes(json.dumps(config).encode(), "c.json"))
    (case,) = found.cases.cases
    (part,) = case.input[0].content
    assert not isinstance(part, Image)
    assert part.text == f'{value} "q" {{{{ c }}}}'
    assert codes(found) == {"template_kept"}


FORMULAS = ["=HYPERLINK(1)", "+1+1", "@SUM(1)", "\t=1", "-1+1", "'=1", "＝1"]


@pytest.mark.parametrize("name", ["promptfoo-csv", "inspect-csv", "vlmevalkit"])
def test_no_cell_of_a_table_is_a_formula(name: str) -> None:
    rows = [
        {"id": text, "input": text, "expect": [{"grader": "exact", "value": text}]}
        for text in FORMULAS
    ]
    cases = read(of_bytes(jsonl(rows), "cases.jsonl")).cases
    made = write(cases, name)
    (told,) = [loss for loss in made.losses if loss.code == "formula"]
    assert told.data["n"] >= len(FORMULAS)
    ((file, content),) = made.files.items()
    cells = [cell for row in data_of(file, content) for cell in row]
    assert not [c for c in cells if c.lstrip().startswith(("=", "+", "-", "@", "＝"))]
    again = read(of_bytes(content, file)).cases
    asked = [case.input[0].content[0] for case in again.cases]
    assert asked == [case.input[0].content[0] for case in cases.cases]


def test_a_negative_number_is_no_formula() -> None:
    table = [PROMPTFOO_CSV[0], ["", "Minus?", "-5", "-1,284.50", *[""] * 6]]
    content = "\n".join(",".join(f'"{cell}"' for cell in row) for row in table).encode()
    made = write(read(of_bytes(content, "t.csv")).cases, "promptfoo")
    assert data_of("t.csv", made.files["t.csv"]) == table
    assert codes(made) == set()


def test_texts_that_no_file_could_hold_are_written_all_the_same() -> None:
    odd = "a\u0000\b\ufffe]]>\ud800"
    content = json.dumps({"id": odd, "input": odd, "expect": [{"grader": "exact", "value": odd}]})
    cases = read(of_bytes(content.encode(), "c.jsonl")).cases
    made = write(cases, "tuwen")
    assert data_of("c.jsonl", made.files["cases.jsonl"]) == [json.loads(content)]
    for name in ("promptfoo-csv", "vlmevalkit", "inspect-csv", "promptfoo", "openai_evals"):
        assert all(made.decode() for made in write(cases, name).files.values())


def test_an_image_that_is_a_trap_is_left_where_it_was() -> None:
    rows = [
        {"input": [{"role": "user", "content": [{"type": "image", "image": image}]}], "target": "x"}
        for image in (
            "data:image/png;base64,AAAA",
            "data:image/svg+xml;base64," + base64.b64encode(b"<svg onload=x>").decode(),
            "data:text/html;base64,PGI+",
        )
    ]
    found = read(of_bytes(jsonl(rows), "s.jsonl"))
    assert found.cases.images == {}
    assert "image_unusable" in codes(found)
    assert write(found.cases, "inspect").files["s.jsonl"] == jsonl(rows)
