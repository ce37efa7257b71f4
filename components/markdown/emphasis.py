"""Which `*`, `_` and `~~` emphasize, and which stand for themselves.

CommonMark's rule with two differences. Beside Chinese, Japanese and Korean a delimiter needs no
space (the "CJK-friendly" amendment). And a `*` between two operands is a sign: 1920*1080.
"""

import re
from unicodedata import category

_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U0001aff0-\U0001b16f"
    "\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)
_UNIT = re.compile(r"\d[\d.,]*[ ]?[^\W\d_]{1,3}\Z")  # "1920像素", before a sign
_BEGINS = re.compile(r"[-+\u2212.\u221a]?[^\W_]|[(\uff08\u221a|]")  # an operand, after a sign
_NUMBER = re.compile(r"[-+\u2212.]?\d")
_ENDS = frozenset(")\uff09%\u00b0\u2032\u2033'|")  # the last character of an operand
_CODE_OR_RUN = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\*+")
_AROUND = 40  # characters that are looked at
# A part of a word that is emphasized: "*cat*s", "re*write* it".
_STEM = re.compile(r"(?:^|[^\w*])\*[^\W\d_]{2,}\Z")
_ENDING = re.compile(r"[^\W\d_]{2,}\*(?![\w(*])")


def opens_closes(text: str, start: int, end: int, stop: int | None = None) -> tuple[bool, bool]:
    """Whether the run of one delimiter text[start:end] may open emphasis, and close it. stop: where
    the text ends that it stands in."""
    char, size = text[start], end - start
    before, after = text[max(0, start - 1) : start], text[end : min(end + 1, stop or len(text))]
    opens, closes = _flanking(char, before, after)
    if char == "*" and size <= 2 and opens and closes:
        return _operands(text, start, end, size)
    return opens, closes


def signs_escaped(line: str) -> str:
    """A line for other programs: each `*` that is a sign gets a backslash, code stays as it is."""
    return _CODE_OR_RUN.sub(lambda found: _sign(line, found), line)


def _sign(line: str, found: re.Match[str]) -> str:
    if found[0][0] != "*":
        return found[0]
    start, end = found.span()
    plain = _flanking("*", line[max(0, start - 1) : start], line[end : end + 1], cjk=False)
    sign = any(plain) and not any(opens_closes(line, start, end))
    return "\\*" * len(found[0]) if sign else found[0]


def _flanking(char: str, before: str, after: str, *, cjk: bool = True) -> tuple[bool, bool]:
    """Whether a run of `char` may open and close there. before, after: its neighbours, "" at the
    ends. cjk: by the amendment, else as CommonMark has it."""
    blank_before, blank_after = not before.strip(), not after.strip()
    mark_before, mark_after = _is_mark(before), _is_mark(after)
    east_before = cjk and char != "_" and bool(_CJK.match(before))
    east_after = cjk and char != "_" and bool(_CJK.match(after))
    left = not blank_after and (
        not mark_after or east_after or blank_before or mark_before or east_before
    )
    right = not blank_before and (
        not mark_before or east_before or blank_after or mark_after or east_after
    )
    if char == "_":
        return left and (not right or mark_before), right and (not left or mark_after)
    return left, right


def _operands(text: str, start: int, end: int, size: int) -> tuple[bool, bool]:
    """Whether a `*` or `**` with something on both sides opens and closes: not as a sign."""
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    last = before[-1]
    operand = last in _ENDS or (last.isalnum() and not _CJK.match(last))
    number = bool(_NUMBER.match(after))
    if size == 1:
        begins = _BEGINS.match(after)
        if begins and not _CJK.match(begins[0][-1]) and operand:
            return bool(_ENDING.match(after)), bool(_STEM.search(before))
        unit = number and bool(_UNIT.search(before))
        return not unit, not unit
    alone = last in ")\uff09" or last.isdigit() or (operand and not before[-2:-1].isalnum())
    if number and alone:
        return False, False  # 2**10, x**2
    return True, True


def _is_mark(character: str) -> bool:
    return bool(character) and category(character)[0] in "PS"
