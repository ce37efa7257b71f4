"""Bytes of an answer -> JSON objects, whether it comes as server-sent events or as one document.

Parsed by hand instead of by the openai package: an object of the package costs several times the
CPU of the JSON itself, and it is silent where a body is neither (a login page, an error object).
"""

import contextlib
import json
from collections.abc import Iterator, Mapping

MAX_DIGITS = 40  # of a whole number; Python refuses to read thousands of them
MAX_PENDING = 32 * 2**20  # bytes of one line or document; beyond it the sender isn't sane


class Unreadable(Exception):
    """A body that isn't an answer. code: of ProviderError; detail: the sender's own words;
    means: the code of what the sender reports in it, where that is known; data: for the text."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        means: str | None = None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.means = code, means
        self.detail = detail
        self.data = dict(data or {})


def parsed(text: str) -> object:
    """What a piece of JSON says, with patience for controls within its strings and for numbers
    of any length. Raises ValueError, for nesting that nobody could follow, too."""
    try:
        return _JSON.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


_JSON = json.JSONDecoder(parse_int=_whole_number, strict=False)


class Lines:
    """Cuts packets into lines at LF, CR or CRLF, wherever the packets were cut."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._pending = 0
        self._skip_lf = False

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that `data` completes, without their ends."""
        if self._skip_lf and data:
            data = data.removeprefix(b"\n")
            self._skip_lf = False
        if b"\n" not in data and b"\r" not in data:
            return self._keep(data)
        lines = (b"".join(self._parts) + data).splitlines(keepends=True)
        self._parts, self._pending = [], 0
        if not lines[-1].endswith((b"\n", b"\r")):
            self._keep(lines.pop())
        elif lines[-1].endswith(b"\r"):
            self._skip_lf = True
        return [line.rstrip(b"\r\n") for line in lines]

    def rest(self) -> bytes:
        """What came after the last end of a line."""
        return b"".join(self._parts)

    def _keep(self, data: bytes) -> list[bytes]:
        self._pending += len(data)
        if self._pending > MAX_PENDING:
            raise Unreadable("bad_chunk")
        self._parts.append(data)
        return []


class Objects:
    """Feed it packets; it gives the JSON objects they complete. `done` after [DONE]."""

    def __init__(self) -> None:
        self.done = False
        self.blank = True  # nothing but white space came
        self._document: bytearray | None = None
        self._lines = Lines()
        self._data: list[str] = []
        self._event = ""
        self._known_field = False

    def feed(self, data: bytes) -> Iterator[object]:
        """Objects of this packet. Raises Unreadable, UnicodeDecodeError, ValueError."""
        if self.blank:
            data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
            self.blank = not data
            if data[:1] in (b"{", b"[", b"<"):
                self._document = bytearray()
        if self._document is None:
            for line in self._lines.feed(data):
                yield from self._take(line.decode("utf-8"))
            return
        self._document += data
        if len(self._document) > MAX_PENDING:
            raise Unreadable("bad_json")

    def end(self) -> Iterator[object]:
        """What the end of the body completes: the document, or an event without its blank line
        (one that was cut off gives nothing)."""
        if self._document is None:
            with contextlib.suppress(ValueError):
                last = self._lines.rest().decode("utf-8")
                yield from (*self._take(last), *self._take(""))
            return
        if self._document.startswith(b"<"):
            raise Unreadable("not_api", data={"page": True})
        try:
            yield parsed(self._document.decode("utf-8"))
        except ValueError:
            raise Unreadable("bad_json") from None

    @property
    def is_document(self) -> bool:
        """The body is one document and no stream of events."""
        return self._document is not None

    def _take(self, line: str) -> Iterator[object]:
        if line:
            name, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if name == "data":
                self._data.append(value)
            elif name == "event":
                self._event = value
            elif name not in ("", "id", "retry") and not self._known_field:
                raise Unreadable("not_api")  # later on, unknown fields are ignored as the rules say
            self._known_field = True
            return
        data, event = "\n".join(self._data), self._event
        self._data, self._event = [], ""
        if not data or self.done:
            return
        if data.startswith("[DONE]"):
            self.done = True
            return
        said = parsed(data)
        is_error = event == "error" and not (isinstance(said, dict) and said.get("error"))
        yield {"error": said} if is_error else said
