"""Paragraphs, headings and cells: one pass from left to right over what has a meaning in Markdown.

What comes out is unambiguous: every delimiter either does what this scanner took it for or is
escaped, and code spans end on the line they begin on. So another parser reads it the same way,
and nothing that counted as code here can turn out to be an image there.
"""

import re
from bisect import bisect_right

from components.markdown import address, formula
from components.markdown.emphasis import Run, flanking, resolve, run_at

# Where Streamlit replaces words after parsing, a backslash is gone already; its own directive
# without a colour is a plain <span> and keeps the letters apart.
_APART = ":color[{}]"
_NOTHING = _APART.format("")  # punctuation to its parser, and nothing to see

_ARROW = r"(?<![^\s`*_~\[\]()$|])(?:<->|->|<-|--|>=|<=|~=)(?![^\s`*_~\[\]()$|])"
_TOKEN = re.compile(
    rf"{_ARROW}|\\|`+|\$+|!?\[|\]|<|~+|\*+|_+|\||:(?=[^\s\d|\-])|:(?=\d+:)"
    r"|(?<![A-Za-z0-9])(?:https?://|www\.)",
    re.IGNORECASE,
)
_NAME = re.compile(r":([\w+/-]{1,64}):", re.ASCII)
_NAMED_NUMBERS = {"+1", "-1", "100", "1234"}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_CELL_BAR = re.compile(r"\\[\\|]|\|")
_RUNS = re.compile(r"`+")
_LETTER = re.compile(r"[A-Za-z0-9]")  # before a price's sign: "US$5"


class Inline:
    """`Inline(text).edited()`; table: the text is one row of a table."""

    def __init__(self, text: str, *, table: bool = False) -> None:
        self.text = text
        self.table = table
        self.out: list[str] = []
        # Brackets that are still open: where they stand in `out`, and which run comes next.
        self.open: list[tuple[int, int]] = []
        self.emphasis: list[Run] = []  # runs that aren't paired yet
        self.runs: dict[int, list[int]] | None = None

    def edited(self) -> str:
        at = self._definitions()
        text, out = self.text, self.out
        while found := _TOKEN.search(text, at):
            start = found.start()
            out.append(self._plain(text[at:start]))
            token = found[0]
            first = token[0]
            if first == "\\":
                at = self._backslash(start)
            elif first == "`":
                at = self._code(start, len(token))
            elif first == "$":
                at = self._dollars(start, len(token))
            elif token in {"[", "!["}:
                at = self._bracket(start, token)
            elif token == "]":
                at = self._close(start)
            elif token == ":":
                at = self._colon(start)
            elif first in "hHwW":
                at = self._bare(start, token)
            elif first in "*_" or token == "~~":
                at = self._run(start, found.end())
            elif first == "|":
                at = self._bar(start)
            elif first == "~" and token != "~=":
                at = self._literal(token, found.end())
            elif token == "<":
                at = self._angle(start)
            else:
                at = self._arrow(start, token)
        out.append(self._plain(text[at:]))
        self._resolve(0)
        return "".join(out)

    def _plain(self, text: str) -> str:
        """Text between what has a meaning."""
        return text

    def _literal(self, marks: str, end: int) -> int:
        """Marks that stand for themselves."""
        return self._put("".join(f"\\{mark}" for mark in marks), end)

    def _run(self, start: int, end: int) -> int:
        self.emphasis.append(run_at(self.text, start, end, len(self.out)))
        return self._put("", end)

    def _bar(self, start: int) -> int:
        """The end of a cell, where in a table: nothing is emphasized across it."""
        if self.table:
            self._resolve(0)
            self.open.clear()
        return self._put("|", start + 1)

    def _resolve(self, first: int) -> None:
        """Write the runs from number `first` on, which are within one thing."""
        runs = self.emphasis[first:]
        del self.emphasis[first:]
        resolve(runs)
        for run in runs:
            self.out[run.slot] = self._emphasized(run)

    def _emphasized(self, run: Run) -> str:
        """A run so that CommonMark's own rules can only take it for what it is here."""
        closing = "".join(p.char * p.size for p in run.closing if not p.dropped)
        opening = "".join(p.char * p.size for p in reversed(run.opening) if not p.dropped)
        opens, closes = flanking(run.char, run.before, run.after, cjk=False)
        acts = opens or closes or run.opens or run.closes
        left = (f"\\{run.char}" if acts else run.char) * run.left
        if opening and not opens:
            opening = _NOTHING + opening
        if closing and not closes:
            closing += _NOTHING
        return closing + left + opening

    def _put(self, markdown: str, end: int) -> int:
        self.out.append(markdown)
        return end

    def _definitions(self) -> int:
        """Addresses for links by name ("[name]: address"), which stand first in a paragraph."""
        at = 0
        while not self.table and self.text.startswith(("[", " "), at):
            end = self.text.find("\n", at)
            end = len(self.text) if end < 0 else end
            found = address.DEFINITION.match(self.text[at:end])
            to = address.kept(address.meant(found[2] or found[3] or "")) if found else None
            if found is None or to is None:
                break
            self.out.append(f"{found[1]}: <{to}>{address.title(found[4])}")
            self.out.append(self.text[end : end + 1])
            at = end + 1
        return min(at, len(self.text))

    def _backslash(self, start: int) -> int:
        after = self.text[start + 1 : start + 2]
        if after in ("(", "["):
            pattern = formula.PAREN if after == "(" else formula.BRACKET
            found = pattern.match(self.text, start)
            if found and (after == "(" or formula.is_formula(found[1])):
                written = self._tex(found[1], "$" if after == "(" else "$$")
                if written:
                    return self._put(written, found.end())
        if after == ":":
            return self._colon(start + 1)
        if after in _PUNCTUATION or after == "\n":
            return self._escaped(after, start + 2)
        return self._escaped("\\", start + 1)

    def _code(self, start: int, length: int) -> int:
        """Code up to the next run of as many backticks; without one they are backticks."""
        if self.runs is None:
            self.runs = {}
            for run in _RUNS.finditer(self.text):
                self.runs.setdefault(len(run[0]), []).append(run.start())
        places = self.runs.get(length, [])
        number = bisect_right(places, start)
        if number == len(places):
            return self._literal("`" * length, start + length)
        end = places[number]
        code = self.text[start + length : end].replace("\n", " ")
        if self.table:
            code = _CELL_BAR.sub(lambda bar: "\\|" if bar[0] == "|" else bar[0], code)
        return self._span(code, length, end + length)

    def _span(self, code: str, length: int, end: int) -> int:
        ticks = "`" * length
        return self._put(f"{ticks}{code}{ticks}", end)

    def _escaped(self, mark: str, end: int) -> int:
        """A mark that stands for itself already."""
        return self._put(f"\\{mark}", end)

    def _dollars(self, start: int, length: int) -> int:
        written = None
        if length == 2 and (found := formula.DOLLARS.match(self.text, start)):
            written = self._tex(found[1], "$$")
        elif length == 1 and not _LETTER.match(self.text, max(start - 1, 0), start):
            found = formula.DOLLAR.match(self.text, start)
            if found and not formula.is_price(found[1]):
                written = self._tex(found[1], "$")
        if written is None or found is None:
            return self._literal("$" * length, start + length)
        return self._put(written, found.end())

    def _tex(self, tex: str, mark: str) -> str | None:
        harmless = formula.harmless(" ".join(tex.split()), table=self.table)
        if harmless is None or "$$" in harmless:
            return None
        harmless = harmless.strip()
        if "$" in harmless:
            mark, harmless = "$$", f" {harmless} "
        return f"{mark}{harmless}{mark}"

    def _bracket(self, start: int, token: str) -> int:
        if token == "![":
            self.out.append("🖼 ")
        self.open.append((len(self.out), len(self.emphasis)))
        return self._put("[", start + len(token))

    def _close(self, start: int) -> int:
        """After a link's text: its address, if it may be one, else that as text."""
        after = start + 1
        if not self.open:
            return self._literal("]", after)
        opening, first = self.open.pop()
        follows = self.text[after : after + 1]
        if follows == ":":
            return self._put("]", after) and self._literal(":", after + 1)
        if follows != "(":
            return self._put("]", after)
        found = address.RESOURCE.match(self.text, after)
        if found is None:
            return self._put("]", after) and self._literal("(", after + 1)
        plain = address.meant(found[1] or found[2] or "")
        to = address.kept(plain)
        if to is None:
            return self._to_nowhere(plain, found.end())
        self._resolve(first)
        return self._linked(opening, to, plain, found[3], found.end())

    def _to_nowhere(self, plain: str, end: int) -> int:
        """An address that isn't followed."""
        return self._put(f"]\\({address.as_code(plain)})", end)

    def _linked(self, opening: int, to: str, plain: str, title: str | None, end: int) -> int:
        """The end of a link that began at `opening`."""
        if not "".join(self.out[opening + 1 :]).strip():
            self.out.append(address.as_text(plain[: address.SHOWN]))
        return self._put(f"](<{to}>{address.title(title)})", end)

    def _angle(self, start: int) -> int:
        found = address.AUTOLINK.match(self.text, start)
        if found is None:
            return self._put("\\<", start + 1)
        return self._put(found[0], found.end())

    def _bare(self, start: int, token: str) -> int:
        """An address without brackets. It is bounded by some, or else broken for the tokenizer,
        which would take backticks into it (what is text in the end becomes a link all the same).
        """
        if token[-1] == ".":
            return self._put(f"{token[:-1]}\\.", start + len(token))
        found = address.BARE.match(self.text, start)
        end = address.bare_end(self.text, start, found.end()) if found else start
        if end <= start + len(token):
            return self._put(token.replace(":", "\\:"), start + len(token))
        plain = self.text[start:end]
        return self._put(address.as_text(plain) if self.open else f"<{plain}>", end)

    def _colon(self, start: int) -> int:
        name = _NAME.match(self.text, start)
        if name and (name[1] in _NAMED_NUMBERS or re.search("[A-Za-z_]", name[1])):
            return self._put(_APART.format("\\:"), start + 1)
        return self._put("\\:", start + 1)

    def _arrow(self, start: int, token: str) -> int:
        if "-" in token:
            head, _, tail = token.partition("-")
            written = ("\\<" if head else "") + _APART.format("-") + tail
        else:
            written = "\\" + token[0] + _APART.format("=")
        return self._put(written, start + len(token))
