"""Pictures in an answer, taken out of its text and its fields: data: URLs, still to be checked."""

import re
from collections.abc import Iterator, Mapping

MAX_PICTURES = 16  # of one answer
MAX_LETTERS = 48 * 2**20  # of base64, all together
LEFT_OUT = ""  # stands for each one above that
_HEAD = r"data:image/[\w.+-]{1,40};base64,"
_START = re.compile(rf"!\[[^\]\n]{{0,200}}\]\(\s?<?{_HEAD}|{_HEAD}(?=[A-Za-z0-9+/]{{64}})", re.I)
# What may become one of them with the next piece.
_BEGUN = re.compile(
    r"!(?:\[[^\]\n]{0,200}(?:\](?:\(\s?<?(?:d[\w:/.+;,-]{0,80})?)?)?)?\Z"
    r"|\b(?:d|da|dat|data)\Z|\bdata:(?:[\w/.+-]{0,50};?[\w]{0,6},?[A-Za-z0-9+/]{0,63})\Z",
    re.I,
)
_LETTERS = re.compile(r"[A-Za-z0-9+/=_-]*")
_SPACED = re.compile(r"[A-Za-z0-9+/=_\s-]*")  # between brackets it may be cut into lines
_CLOSE = re.compile(r"\s*>?(?:\s+\"[^\"\n]{0,200}\")?\s*\)")
_KINDS = frozenset({"image", "image_url", "output_image", "input_image"})


class Pictures:
    """Feed it the text in pieces; what it gives back holds no picture. `found`: those there were,
    in order, each as a data: URL or as LEFT_OUT."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._held = ""
        self._room = MAX_LETTERS
        self._url: list[str] | None = None  # of the picture that is under way
        self._marked = False  # and whether Markdown's brackets are around it
        self._fenced = False
        self._line = ""

    def feed(self, piece: str, *, last: bool = False) -> str:
        rest, self._held = self._held + piece, ""
        out: list[str] = []
        while rest:
            if self._url is not None:
                rest = self._letters(rest, last=last)
                continue
            if self._in_code():
                line, end, rest = rest.partition("\n")
                out.append(self._said(line + end))
                continue
            found = _START.search(rest)
            if found is None:
                begun = None if last else _BEGUN.search(rest)
                at = begun.start() if begun else len(rest)
                self._held = rest[at:]
                out.append(self._said(rest[:at]))
                break
            before = self._said(rest[: found.start()])
            out.append(before)
            if self._in_code():  # the fence has begun in this very piece
                out.append(self._said(found[0]))
            else:
                head = found[0]
                self._marked = head.startswith("!")
                self._url = [head[head.lower().index("data:") :]]
            rest = rest[found.end() :]
        if last and self._url is not None:
            self._done()
        return "".join(out)

    def add(self, url: str) -> None:
        """One that came in a field."""
        if len(self.found) < MAX_PICTURES and len(url) <= self._room:
            self._room -= len(url)
            self.found.append(url)
        else:
            self.found.append(LEFT_OUT)

    def _letters(self, rest: str, *, last: bool) -> str:
        assert self._url is not None
        letters = (_SPACED if self._marked else _LETTERS).match(rest)
        end = letters.end() if letters else 0
        self._url.append(rest[:end])
        rest = rest[end:]
        if not self._marked:
            if rest:
                self._done()
            return rest
        close = _CLOSE.match(rest)
        if close:
            self._done()
            return rest[close.end() :]
        if rest and (last or len(rest) > 220 or rest[0] not in '>" \t'):
            self._done()
            return rest
        self._held = rest
        return ""

    def _done(self) -> None:
        assert self._url is not None
        self.add("".join("".join(self._url).split()))
        self._url = None

    def _said(self, text: str) -> str:
        if "\n" not in text:
            self._line += text
            return text
        *whole, self._line = (self._line + text).split("\n")
        for line in whole:
            if line.lstrip().startswith(("```", "~~~")):
                self._fenced = not self._fenced
        return text

    def _in_code(self) -> bool:
        return self._fenced or self._line.lstrip().startswith(("```", "~~~"))


def pictures_of(said: Mapping[str, object]) -> Iterator[str]:
    """Addresses of the pictures in a message's or delta's own fields."""
    for field in ("images", "content"):
        value = said.get(field)
        for part in value if isinstance(value, list) else ():
            if isinstance(part, str) and field == "images":
                yield part
            elif isinstance(part, Mapping) and (field == "images" or part.get("type") in _KINDS):
                yield from _address(part)


def _address(part: Mapping[str, object]) -> Iterator[str]:
    for name in ("image_url", "url", "image"):
        value = part.get(name)
        if isinstance(value, Mapping):
            value = value.get("url")
        if isinstance(value, str) and value:
            yield value
            return
    for name in ("b64_json", "image_base64", "base64", "data", "result"):
        value = part.get(name)
        if isinstance(value, str) and value:
            yield value if value.startswith("data:") else f"data:image/png;base64,{value}"
            return
