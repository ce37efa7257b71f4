"""Paragraphs, headings and cells as HTML, by the same reading as for the page."""

import re
from html import escape, unescape

from components.markdown import address, formula
from components.markdown.emphasis import Pair, Run
from components.markdown.inline import Inline
from components.markdown.mathml import mathml

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAGS = {("*", 1): "em", ("*", 2): "strong", ("_", 1): "em", ("_", 2): "strong", ("~", 2): "del"}
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class HtmlInline(Inline):
    """`HtmlInline(text).edited()` is HTML. Nothing of the text gets into it unescaped, and only
    links to the web, mail and the page itself get an attribute of the answer's."""

    def _definitions(self) -> int:
        return 0  # links by name stay as they were written

    def _plain(self, text: str) -> str:
        return escape(_REFERENCE.sub(lambda found: unescape(found[0]), text))

    def _literal(self, marks: str, end: int) -> int:
        return self._put(escape(marks), end)

    def _emphasized(self, run: Run) -> str:
        closing = "".join(f"</{_tag(p)}>" for p in run.closing if not p.dropped)
        opening = "".join(f"<{_tag(p)}>" for p in reversed(run.opening) if not p.dropped)
        return closing + run.char * run.left + opening

    def _backslash(self, start: int) -> int:
        after = self.text[start + 1 : start + 2]
        if after in ("(", "["):
            return super()._backslash(start)
        if after == "\n":
            return start + 1  # the end of a line is one anyway
        if after in _PUNCTUATION:
            return self._literal(after, start + 2)
        return self._literal("\\", start + 1)

    def _escaped(self, mark: str, end: int) -> int:
        return self._literal(mark, end)

    def _span(self, code: str, length: int, end: int) -> int:
        if code.startswith(" ") and code.endswith(" ") and code.strip():
            code = code[1:-1]
        return self._put(f'<code dir="ltr">{escape(code)}</code>', end)

    def _tex(self, tex: str, mark: str) -> str | None:
        read = formula.harmless(" ".join(tex.split())) is not None
        return mathml(tex, display=mark == "$$") if read else None

    def _colon(self, start: int) -> int:
        return self._put(":", start + 1)

    def _arrow(self, start: int, token: str) -> int:
        return self._literal(token, start + len(token))

    def _angle(self, start: int) -> int:
        found = address.AUTOLINK.match(self.text, start)
        if found is None:
            return self._literal("<", start + 1)
        return self._put(_link(found[1], escape(found[1])), found.end())

    def _bare(self, start: int, token: str) -> int:
        """An address without brackets stays text: what is a link here was meant to be one."""
        found = address.BARE.match(self.text, start)
        end = address.bare_end(self.text, start, found.end()) if found else start
        end = max(end, start + len(token))
        return self._literal(self.text[start:end], end)

    def _bracket(self, start: int, token: str) -> int:
        self.open.append((len(self.out), len(self.emphasis)))
        return self._put(token, start + len(token))

    def _to_nowhere(self, plain: str, end: int) -> int:
        shown = plain if len(plain) <= address.SHOWN else plain[: address.SHOWN] + "…"
        return self._put(f"]({escape(shown)})", end)

    def _linked(self, opening: int, to: str, plain: str, title: str | None, end: int) -> int:
        """An image isn't shown: it stays as it was written. And a link can't stand in another:
        brackets around it are brackets."""
        if self.out[opening] == "![":
            return self._to_nowhere(plain, end)
        text = "".join(self.out[opening + 1 :]).strip() or escape(plain[: address.SHOWN])
        del self.out[opening:]
        self.open.clear()
        return self._put(_link(unescape(to), text), end)


def _tag(pair: Pair) -> str:
    return _TAGS[pair.char, pair.size]


def _link(to: str, shown: str) -> str:
    """to: an address that `address.kept` has let through."""
    return f'<a href="{escape(to)}" rel="noopener noreferrer nofollow">{shown}</a>'
