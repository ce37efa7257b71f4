"""What of a chunk is the answer's text, what is reasoning, what is a picture."""

from collections.abc import Mapping
from typing import Any

from components.providers.reply.answer import MAX_DEPTH
from components.providers.reply.pictures import Pictures, pictures_of
from components.thinking import Sifted, Thinking

# Of a message; servers that send two of them say the same in both.
_REASONING = ("reasoning_content", "reasoning", "thinking", "reasoning_text", "reasoning_details")
# Kinds of parts of a content that is a list (Mistral, Anthropic).
_THOUGHT_PARTS = frozenset({"thinking", "reasoning", "reasoning_text", "redacted_thinking"})


class Sifter:
    """Stands before what reads chunks, and hands them on with the answer's text alone in them.

    `thought`: whether there was any reasoning; `retracted`, until it is asked for: what was
    handed on so far was reasoning.
    """

    def __init__(self) -> None:
        self.thought = False
        self._thoughts: list[str] = []  # not asked for yet
        self._retracted = False
        self._told = 0  # pictures
        self._thinking = Thinking()
        self._pictures = Pictures()

    def new_pictures(self) -> list[str]:
        """Those that were found since the last call: data: URLs, not checked yet."""
        found = self._pictures.found[self._told :]
        self._told += len(found)
        return found

    def new_thoughts(self) -> str:
        """Reasoning that came since the last call."""
        found = "".join(self._thoughts)
        self._thoughts.clear()
        return found

    def retracted(self) -> bool:
        """Whether, since the last call, all text so far has turned out to be reasoning."""
        told, self._retracted = self._retracted, False
        return told

    def take(self, chunk: object, *, document: bool = False) -> object:
        """The chunk as it is to be read; one that isn't an answer's stays as it is."""
        name = "message" if document else "delta"
        if not isinstance(chunk, dict) or not isinstance(chunk.get("choices"), list):
            return chunk
        choices = [self._choice(each, name, whole=document) for each in chunk["choices"]]
        return {**chunk, "choices": choices}

    def end(self) -> object:
        """A chunk with the text that was held back."""
        text = self._text(self._thinking.end())
        return _chunk(text + self._pictures.feed("", last=True))

    def _choice(self, choice: Any, name: str, *, whole: bool) -> Any:
        if not isinstance(choice, dict) or not isinstance(said := choice.get(name), dict):
            return choice
        if choice.get("index") not in (None, 0) and not whole:
            return choice  # another answer, which isn't read
        if thought := next((said[field] for field in _REASONING if said.get(field)), None):
            self._think(_thought(thought))
        links = [url for url in pictures_of(said) if not self._kept(url)]
        content = said.get("content")
        if isinstance(content, list):
            for part in filter(_is_thought, content):
                self._think(_thought(part))
            content = "".join(_words(part) for part in content if not _is_thought(part))
        if isinstance(content, str) or links:
            content = (content if isinstance(content, str) else "") + "".join(map(_link, links))
            text = self._text(self._thinking.feed(content))
            if whole or choice.get("finish_reason"):
                text += self._text(self._thinking.end()) + self._pictures.feed("", last=True)
            said = {**said, "content": text, "images": None}
            if self.thought and not text:
                said = {"reasoning_content": True, **said}  # told apart from saying nothing
        return {**choice, name: said}

    def _kept(self, url: str) -> bool:
        if url[:5].lower() != "data:":
            return False
        self._pictures.add(url)
        return True

    def _think(self, thought: str) -> None:
        self.thought = True
        self._thoughts.append(thought)

    def _text(self, sifted: Sifted) -> str:
        self.thought = self.thought or sifted.retracted or bool(sifted.thought.strip())
        self._retracted = self._retracted or sifted.retracted
        self._thoughts.append(sifted.thought)
        return self._pictures.feed(sifted.text)


def _is_thought(part: object) -> bool:
    return isinstance(part, Mapping) and part.get("type") in _THOUGHT_PARTS


def _thought(value: object, depth: int = MAX_DEPTH) -> str:
    """The words of reasoning, in whichever of the forms they come."""
    if depth == 0:
        return ""
    if isinstance(value, list):
        return "".join(_thought(each, depth - 1) for each in value)
    if isinstance(value, Mapping):
        found = (_thought(value.get(name), depth - 1) for name in ("thinking", "text", "summary"))
        return next(filter(None, found), "")
    return value if isinstance(value, str) else ""


def _words(part: object) -> str:
    value = part.get("text") if isinstance(part, Mapping) else part
    return value if isinstance(value, str) else ""


def _link(url: str) -> str:
    """A picture that stands elsewhere: told, never fetched."""
    return f"\n\n![]({url})" if url.startswith(("https://", "http://")) else ""


def _chunk(text: str) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": {"content": text}}]}
