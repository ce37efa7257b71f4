"""Markdown in pieces: what is said next, with the right space before it."""

from components.text import escape_markdown


class Page:
    """Makes blocks that can be streamed one after the other; holds where the page stands."""

    def __init__(self) -> None:
        self._last = ""

    def heading(self, text: str) -> str:
        """A heading; `text` is Markdown."""
        return self._block("heading", f"### {text}")

    def paragraph(self, text: str) -> str:
        """A paragraph; `text` is Markdown."""
        return self._block("paragraph", text)

    def bullet(self, text: str) -> str:
        """An item of a list; neighbours form one list. `text` is Markdown."""
        return self._block("bullet", f"- {text}")

    def quoted(self, text: str, *, beside: bool, mark: str = "") -> str:
        """A line of text from a picture, escaped, in a quotation.

        beside: it continues the line before, at a distance. mark: Markdown put after it.
        """
        said = escape_markdown(text) + (f" {mark}" if mark else "")
        if self._last == "quoted":
            return f"\u2003{said}" if beside else f"  \n> {said}"
        return self._block("quoted", f"> {said}")

    def _block(self, kind: str, text: str) -> str:
        first, together = not self._last, kind == self._last == "bullet"
        self._last = kind
        return text if first else ("\n" if together else "\n\n") + text
