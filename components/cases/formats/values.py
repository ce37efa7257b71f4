"""JSON and JSONL of strangers, and our own."""

import json
from collections.abc import Iterable
from typing import Any

from components.cases.errors import CaseError
from components.cases.limits import MAX_CASES, MAX_DEPTH, MAX_JSON_NODES, MAX_NODES


def text_of(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 with its mark. Raises CaseError cases_not_text."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CaseError("cases_not_text", name=name) from None


def json_of(text: str, place: str, most: int = MAX_JSON_NODES) -> Any:
    """A value. Raises CaseError cases_damaged, cases_complex."""
    # Each may become an object of many times its size: counted before anything is made.
    if text.count(",") + text.count("{") + text.count("[") > most:
        raise CaseError("cases_complex", limit=most)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except RecursionError:
        raise CaseError("cases_complex", limit=MAX_DEPTH) from None
    except ValueError:  # also: a number of thousands of digits
        raise CaseError("cases_damaged", place=place) from None


def lines_of(text: str, name: str) -> list[Any]:
    """The values of JSONL, each line one. Raises CaseError, also cases_too_many."""
    # Not splitlines: U+2028 and others may stand in a JSON text.
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > MAX_CASES:
        raise CaseError("cases_too_many", limit=MAX_CASES)
    return [json_of(line, f"{name}:{n}", MAX_NODES) for n, line in lines]


def dumped(value: Any, indent: int | None = None) -> str:
    """JSON as text that UTF-8 can hold. What JSON doesn't know (dates of YAML) becomes text."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can escape
        return json.dumps(value, indent=indent, default=str)
    return text


def json_bytes(value: Any) -> bytes:
    return (dumped(value, indent=1) + "\n").encode()


def jsonl_bytes(values: Iterable[Any]) -> bytes:
    return "".join(dumped(value) + "\n" for value in values).encode()


def _no_constant(name: str) -> None:
    raise ValueError(name)


def expect_table(value: Any, place: str) -> dict[str, Any]:
    """Raises CaseError cases_invalid for what is no table."""
    if not isinstance(value, dict):
        raise CaseError("cases_invalid", place=place)
    return value


def expect_list(value: Any, place: str) -> list[Any]:
    """Raises CaseError cases_invalid for what is no list, cases_too_many for a long one."""
    if not isinstance(value, list):
        raise CaseError("cases_invalid", place=place)
    if len(value) > MAX_CASES:
        raise CaseError("cases_too_many", limit=MAX_CASES)
    return value


def written_text(value: Any) -> str:
    """A value as it stands in a prompt: texts as they are, others as JSON."""
    return value if isinstance(value, str) else dumped(value)
