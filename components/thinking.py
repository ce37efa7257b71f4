"""Reasoning that a model writes into its answer between tags, told apart from the answer.

Servers that know a model's format send its reasoning in a field of its own; others leave
`<think>...</think>` in the text, or the closing tag alone, where the opening one was in the prompt.
The tags are those of the models' own chat templates: DeepSeek, Qwen, GLM, MiniMax (think), EXAONE
and Gemini (thought), Seed (seed:think), Mistral ([THINK]), Kimi (◁think▷), Command A
(<|START_THINKING|>), and what prompts ask for (thinking, reasoning).
"""

import re
from typing import NamedTuple

_NAMES = r"(?:seed:)?think|thinking|thought|reasoning"
_OPEN = rf"<(?:{_NAMES})>|\[THINK\]|◁think▷|<\|START_THINKING\|>"
_CLOSE = rf"</(?:{_NAMES})>|\[/THINK\]|◁/think▷|<\|END_THINKING\|>"
_TAG = re.compile(rf"(?P<open>{_OPEN})|{_CLOSE}", re.IGNORECASE)
_CLOSING = re.compile(_CLOSE, re.IGNORECASE)
_BEGUN = re.compile(r"(?:<[/|]?[a-z_:]{0,14}\|?|\[/?[a-z]{0,5}|◁/?[a-z]{0,5})\Z", re.IGNORECASE)
_QUOTES = frozenset("\"'`“”‘’「」『』《》（）()[]{}*_")


class Sifted(NamedTuple):
    """text: of the answer. thought: reasoning. retracted: what came before was reasoning, too; it
    isn't in `thought`."""

    text: str = ""
    thought: str = ""
    retracted: bool = False


class Thinking:
    """Feed it the text of an answer in pieces, cut wherever they are cut; `end` gives the rest.

    A tag counts where reasoning stands: before any word of the answer, or at the start of a line.
    In code, in quotes and within a sentence it is a word like others.
    """

    def __init__(self) -> None:
        self._held = ""  # undecided: it may be a tag
        self._inside = False
        self._blank = True  # no word of the answer yet
        self._opened = False  # a tag has opened reasoning
        self._named = False  # an opening tag was a word
        self._line = ""  # the present line of the answer
        self._fenced = False

    def feed(self, piece: str) -> Sifted:
        return self._sift(piece, last=False)

    def end(self) -> Sifted:
        return self._sift("", last=True)

    def _sift(self, piece: str, *, last: bool) -> Sifted:
        rest, self._held = self._held + piece, ""
        text: list[str] = []
        thought: list[str] = []
        retracted = False
        while rest:
            found = (_CLOSING if self._inside else _TAG).search(rest)
            if found is None:
                begun = None if last else _BEGUN.search(rest)
                at = begun.start() if begun else len(rest)
                self._held = rest[at:]
                self._take(rest[:at], text, thought)
                break
            self._take(rest[: found.start()], text, thought)
            after = rest[found.end() :]
            if not after and not last:
                self._held = found[0]
                break
            rest = after
            if self._inside:
                self._inside = False
            elif found["open"] and self._opens():
                self._inside = self._opened = True
            elif not found["open"] and self._ends(after):
                thought += text
                text.clear()
                retracted = self._opened = self._blank = True
                self._line = ""
            else:
                self._named = self._named or bool(found["open"] and not self._in_code())
                self._take(found[0], text, thought)
        return Sifted("".join(text), "".join(thought), retracted)

    def _take(self, piece: str, text: list[str], thought: list[str]) -> None:
        if self._inside:
            thought.append(piece)
            return
        if self._blank:
            piece = piece.lstrip()
        if not piece:
            return
        self._blank = False
        text.append(piece)
        if "\n" not in piece:
            self._line += piece
            return
        *whole, self._line = (self._line + piece).split("\n")
        for line in whole:
            if line.lstrip().startswith(("```", "~~~")):
                self._fenced = not self._fenced

    def _in_code(self) -> bool:
        return self._fenced or self._line.count("`") % 2 == 1

    def _opens(self) -> bool:
        return self._blank or not (self._in_code() or self._line.strip())

    def _ends(self, after: str) -> bool:
        """Whether a closing tag ends reasoning that no tag has opened: once, at the first."""
        if self._opened or self._named or self._in_code():
            return False
        return not (self._line[-1:] in _QUOTES and after[:1] in _QUOTES)


def split(text: str) -> tuple[str, str]:
    """(answer, reasoning) of a whole text."""
    if not _TAG.search(text):
        return text, ""
    thinking = Thinking()
    first, last = thinking.feed(text), thinking.end()
    return first.text + last.text, (first.thought + last.thought).strip()
