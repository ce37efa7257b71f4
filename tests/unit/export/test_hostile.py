"""Files that were changed, broken or made to do harm: each is refused by name, nothing written."""

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from components.export import ExportError, ImageOf, json_file, json_zip, read_export
from db.store import Store
from tests.unit.export.make import RED, conversations, joined, picture


@pytest.fixture
def data(store: Store, image_of: ImageOf) -> dict[str, Any]:
    """A good export, to be spoilt."""
    found: dict[str, Any] = json.loads(joined(json_file(conversations(store), image_of)))
    return found


def code(raw: bytes) -> tuple[str, object]:
    with pytest.raises(ExportError) as caught:
        read_export(io.BytesIO(raw))
    return caught.value.code, caught.value.data.get("place")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "import_not_ours"),
        (b"hello", "import_not_ours"),
        (b"[]", "import_not_ours"),
        (b"{}", "import_not_ours"),
        (b'{"format": "other"}', "import_not_ours"),
        (b'{"format": "tuwen", "version": 99}', "import_newer"),
        (b'{"format": "tuwen", "version": "1"}', "import_invalid"),
        (b'{"format": "tuwen", "version": true}', "import_invalid"),
        (b'{"format": "tuwen", "version": 1}', "import_invalid"),
        (b'{"format": "tuwen", "version": 1, "conversations": [', "import_damaged"),
        (b'{"format": "tuwen", "version": 1e999}', "import_invalid"),
        (b'{"format": "tuwen", "version": ' + b"9" * 10_000 + b"}", "import_damaged"),
        (b'{"a": NaN}', "import_damaged"),
        (b'{"a":' * 100_000, "import_damaged"),
        (b'{"a":' + b"[" * 100_000, "import_damaged"),
        (b'{"a":[' + b"[]," * 3_000_001, "import_too_large"),
        (b"{" + b"," * 10_000_001, "import_too_large"),
        (b"{\xff\xfe}", "import_damaged"),
        (b"PK\3\4 nothing more", "import_damaged"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_file_that_is_no_export_is_named(raw: bytes, expected: str) -> None:
    assert code(raw)[0] == expected


def put(where: str, value: object) -> Callable[[dict[str, Any]], str]:
    """A change of the first conversation at `a.b.0.c`; where it must be said to be."""

    def change(data: dict[str, Any]) -> str:
        at: Any = data["conversations"][0]
        *steps, last = where.split(".")
        for step in steps:
            at = at[int(step)] if step.isdigit() else at[step]
        at[last] = value
        return where

    return change


DEEP: Any = "x"
for _ in range(50):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("id", "../../etc"),
        ("id", 5),
        ("id", ""),
        ("title", None),
        ("title", ["x"]),
        ("created_at", "yesterday"),
        ("created_at", "2026-01-01T00:00:00"),
        ("created_at", "0001-01-01T00:00:00+14:00"),
        ("created_at", 10**400),
        ("starred", 1),
        ("tags", "x"),
        ("tags", [str(n) for n in range(101)]),
        ("messages", {}),
        ("messages.0.role", "system"),
        ("messages.0.parent_id", "u3"),
        ("messages.2.parent_id", "none"),
        ("messages.2.id", "u1"),
        ("messages.1.text", "another"),
        ("messages.1.attempt.id", "a b"),
        ("messages.1.attempt.result.outcome", "running"),
        ("messages.1.attempt.result.outcome", "great"),
        ("messages.1.attempt.result.cost", "1e999999999"),
        ("messages.1.attempt.result.cost", "NaN"),
        ("messages.1.attempt.result.cost", 0.1),
        ("messages.1.attempt.result.input_tokens", -1),
        ("messages.1.attempt.result.input_tokens", 2**64),
        ("messages.1.attempt.result.input_tokens", True),
        ("messages.1.attempt.result.input_tokens", 1.5),
        ("messages.1.attempt.result.left_out", [1]),
        ("messages.1.attempt.parameters", {"x": 2**64}),
        ("messages.1.attempt.parameters", {"x": DEEP}),
        ("messages.1.attempt.parameters", {"x": [0] * 5000}),
        ("messages.1.attempt.prices", {"x": 1}),
        ("messages.0.images.0.hash", "../" * 20 + "abcd"),
        ("messages.0.images.0.width", "640"),
        ("messages.2.images.0.url", "javascript:alert(1)"),
        ("messages.2.images.0.url", "file:///etc/passwd"),
    ],
)
def test_a_wrong_value_is_refused_with_its_place(
    data: dict[str, Any], where: str, value: object
) -> None:
    put(where, value)(data)
    found, place = code(json.dumps(data).encode())
    assert found == "import_invalid"
    path = "".join(f"[{s}]" if s.isdigit() else f".{s}" for s in where.split("."))
    assert str(place).startswith(f"conversations[0]{path}")


def test_half_of_a_character_is_refused(data: dict[str, Any]) -> None:
    data["conversations"][0]["title"] = "\ud800"
    assert code(json.dumps(data).encode()) == ("import_invalid", "conversations[0].title")


def test_something_left_out_is_refused_and_something_unknown_ignored(data: dict[str, Any]) -> None:
    data["conversations"][0]["from_the_future"] = {"x": 1}
    assert len(read_export(io.BytesIO(json.dumps(data).encode())).conversations) == 2
    del data["conversations"][0]["title"]
    assert code(json.dumps(data).encode()) == ("import_invalid", "conversations[0].title")


def test_an_image_of_other_bytes_is_refused(data: dict[str, Any]) -> None:
    data["images"][RED.hash]["content"] = base64.b64encode(picture("green").content).decode()
    assert code(json.dumps(data).encode())[0] == "import_image_changed"


def test_an_image_that_is_missing_is_named(data: dict[str, Any]) -> None:
    del data["images"][RED.hash]
    assert code(json.dumps(data).encode())[0] == "import_image_missing"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("media_type", "text/html", "import_invalid"),
        ("media_type", ["image/png"], "import_invalid"),
        ("media_type", "image/jpeg", "import_image_unusable"),
        ("content", "no base64!", "import_invalid"),
        ("content", 5, "import_invalid"),
        ("thumbnail", "A" * 3_000_000, "import_invalid"),
        ("thumbnail", base64.b64encode(b"<svg onload=x>").decode(), "import_image_unusable"),
        ("text", None, "import_invalid"),
    ],
)
def test_what_an_image_says_of_itself_is_checked(
    data: dict[str, Any], field: str, value: object, expected: str
) -> None:
    data["images"][RED.hash][field] = value
    assert code(json.dumps(data).encode())[0] == expected


def test_bytes_that_are_no_image_are_refused_even_with_their_right_hash(
    data: dict[str, Any],
) -> None:
    raw = b"<html><script>alert(1)</script></html>"
    name = hashlib.sha256(raw).hexdigest()
    data["conversations"][0]["messages"][0]["images"][0]["hash"] = name
    entry = data["images"][RED.hash] | {"content": base64.b64encode(raw).decode()}
    data["images"][name] = entry
    assert code(json.dumps(data).encode())[0] == "import_image_unusable"


@pytest.mark.parametrize("entry", [None, [], "x", 5])
def test_an_entry_of_another_kind_is_refused(data: dict[str, Any], entry: object) -> None:
    data["images"][RED.hash] = entry
    assert code(json.dumps(data).encode())[0] in ("import_invalid", "import_image_missing")


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped(**{"conversations.json": b"{" + b" " * 130_000_000})
    assert len(bomb) < 1_000_000
    assert code(bomb)[0] == "import_too_large"


def test_a_zip_that_lies_about_a_size_is_refused() -> None:
    raw = bytearray(zipped(**{"conversations.json": b'{"format": "tuwen"}' + b" " * 5000}))
    at = raw.rindex(b"PK\1\2")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert code(bytes(raw))[0] in ("import_damaged", "import_not_ours")


def test_a_zip_of_too_many_files_is_refused() -> None:
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        archive.writestr("x", b"PK\1\2" * 110_000)
    assert code(many.getvalue())[0] == "import_too_large"


def test_a_zip_without_our_file_is_not_ours_and_other_files_in_it_are_never_touched(
    store: Store, image_of: ImageOf
) -> None:
    assert code(zipped(**{"../evil": b"x"}))[0] == "import_not_ours"
    good = io.BytesIO(joined(json_zip(conversations(store), image_of)))
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("../../evil.py", b"x")
        archive.writestr("/etc/passwd", b"x")
    assert len(read_export(good).conversations) == 2


def test_a_zip_that_was_cut_or_changed_is_refused(store: Store, image_of: ImageOf) -> None:
    raw = joined(json_zip(conversations(store), image_of))
    assert code(raw[: len(raw) // 2])[0] == "import_damaged"
    at = raw.index(RED.content) + 60
    changed = raw[:at] + bytes([raw[at] ^ 255]) + raw[at + 1 :]
    assert code(changed)[0] in ("import_damaged", "import_image_changed")
