"""Which `*`, `_` and `~~` emphasize, and which stand for themselves.

CommonMark's procedure with two differences. Beside Chinese, Japanese and Korean a delimiter needs
no space (the "CJK-friendly" amendment). And a `*` between two operands is a sign: 1920*1080.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import category

_LOOKED_AT = 64  # open runs a closing one may look back at, so that all takes linear time
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


@dataclass(eq=False, slots=True)
class Pair:
    """What one delimiter opens and another closes. size: 1 or 2 characters."""

    char: str
    size: int
    dropped: bool = False  # within another of its kind, where it would change nothing


@dataclass(eq=False, slots=True)
class Run:
    """A run of one delimiter. slot: where it stands in the output; before, after: its neighbours,
    "" at the ends. In the text it closes pairs, shows `left` of itself, and opens pairs, the
    outermost last in `opening`.
    """

    char: str
    size: int
    slot: int
    before: str
    after: str
    opens: bool
    closes: bool
    left: int = 0
    closing: list[Pair] = field(default_factory=list)
    opening: list[Pair] = field(default_factory=list)


def run_at(text: str, start: int, end: int, slot: int) -> Run:
    """The run of delimiters text[start:end]."""
    char, size = text[start], end - start
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    opens, closes = flanking(char, before, after)
    if char == "*" and size <= 2 and opens and closes:
        opens, closes = _operands(text, start, end, size)
    return Run(char, size, slot, before, after, opens, closes, left=size)


def flanking(char: str, before: str, after: str, *, cjk: bool = True) -> tuple[bool, bool]:
    """Whether a run of `char` may open and close there. cjk: by the amendment, else as CommonMark
    has it."""
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


def signs_escaped(line: str) -> str:
    """A line for other programs: each `*` that is a sign gets a backslash, code stays as it is."""
    return _CODE_OR_RUN.sub(lambda found: _sign(line, found), line)


def _sign(line: str, found: re.Match[str]) -> str:
    if found[0][0] != "*":
        return found[0]
    run = run_at(line, found.start(), found.end(), 0)
    sign = not (run.opens or run.closes) and any(flanking("*", run.before, run.after, cjk=False))
    return "\\*" * run.size if sign else found[0]


def resolve(runs: Sequence[Run]) -> None:
    """Pair them, within one link's text, one cell or one paragraph."""
    stack: list[Run] = []
    for run in runs:
        while run.closes and run.left:
            at = _opener(stack, run)
            if at < 0:
                break
            opener = stack[at]
            size = 2 if opener.left >= 2 and run.left >= 2 else 1
            pair = Pair(run.char, size)
            opener.opening.append(pair)
            run.closing.append(pair)
            opener.left -= size
            run.left -= size
            del stack[at + 1 if opener.left else at :]
        if run.opens and run.left and (run.char != "~" or run.left == run.size == 2):
            stack.append(run)
    _drop_nested(runs)


def _opener(stack: Sequence[Run], run: Run) -> int:
    """Where in `stack` the run stands that this one closes; -1 for none."""
    for at in range(len(stack) - 1, max(-1, len(stack) - 1 - _LOOKED_AT), -1):
        opener = stack[at]
        if opener.char != run.char or (run.char == "~" and run.left != 2):
            continue
        odd = (opener.closes or run.opens) and (opener.size + run.size) % 3 == 0
        if not odd or (opener.size % 3 == 0 and run.size % 3 == 0):
            return at
    return -1


def _drop_nested(runs: Sequence[Run]) -> None:
    inside = {("*", 1): 0, ("*", 2): 0, ("_", 1): 0, ("_", 2): 0, ("~", 2): 0}
    for run in runs:
        for pair in run.closing:
            if not pair.dropped:
                inside[pair.char, pair.size] -= 1
        for pair in reversed(run.opening):
            kind = pair.char, pair.size
            pair.dropped = inside[kind] > 0
            inside[kind] += not pair.dropped


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
