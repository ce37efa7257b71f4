"""JSON in an answer: found, parsed, and if it is wrong, where."""

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn

_FENCED = re.compile(
    r"\s*(?:```|~~~)[ \t]*(?:json[c5l]?)?[ \t]*\r?\n(.*?)\r?\n?[ \t]*(?:```|~~~)?\s*\Z",
    re.DOTALL | re.IGNORECASE,
)
# The words of the standard library's decoder, by their beginnings.
_CODES = {
    "Expecting value": "value",
    "Expecting ',' delimiter": "comma",
    "Expecting ':' delimiter": "colon",
    "Expecting property name": "name",
    "Illegal trailing comma": "trailing_comma",
    "Extra data": "extra",
    "Unterminated string": "string",
    "Invalid control character": "control",
    "Invalid \\": "escape",
    "Unexpected UTF-8 BOM": "bom",
}


@dataclass(frozen=True, slots=True)
class JsonCheck:
    """ok: `value` is what the answer says. Else message_code says what is wrong (empty, value,
    comma, colon, name, trailing_comma, extra, string, control, escape, bom, constant, number,
    deep, other) and line and column (from 1, in the answer as written) where; 0 if unknown.
    """

    ok: bool
    value: Any = None
    message_code: str = ""
    line: int = 0
    column: int = 0


class _Constant(ValueError):
    pass


def check_json(answer: str) -> JsonCheck:
    """Whether an answer, in a ```json fence or without, is JSON (so no NaN). Never raises."""
    fenced = _FENCED.match(answer)
    start = fenced.start(1) if fenced else len(answer) - len(answer.lstrip())
    text = (fenced[1] if fenced else answer[start:]).rstrip()
    if not text:
        return JsonCheck(False, message_code="empty")
    try:
        return JsonCheck(True, json.loads(text, parse_constant=_refuse))
    except json.JSONDecodeError as error:
        code = next((c for words, c in _CODES.items() if error.msg.startswith(words)), "other")
        return _wrong(answer, code, start + error.pos)
    except _Constant as error:
        found = re.search(rf"(?<!\w){re.escape(str(error))}(?!\w)", text)
        return _wrong(answer, "constant", start + (found.start() if found else 0))
    except ValueError:  # an integer of more digits than Python converts
        return JsonCheck(False, message_code="number")
    except RecursionError:
        return JsonCheck(False, message_code="deep")


def _refuse(constant: str) -> NoReturn:
    raise _Constant(constant)


def _wrong(answer: str, code: str, at: int) -> JsonCheck:
    line = answer.count("\n", 0, at) + 1
    return JsonCheck(False, None, code, line, at - answer.rfind("\n", 0, at))
