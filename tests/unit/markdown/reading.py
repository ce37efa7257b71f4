"""What another parser sees in a text."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# Without its own refusal of schemes: what is neutral must be so by itself.
PARSER.validateLink = lambda url: True  # type: ignore[method-assign]


def tokens(markdown: str) -> Iterator[Token]:
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def contents(markdown: str, *kinds: str) -> list[str]:
    """What stands in code spans ("code_inline"), fences ("fence"), and so on."""
    return [token.content for token in tokens(markdown) if token.type in kinds]


def links(markdown: str) -> list[str]:
    return [str(t.attrs["href"]) for t in tokens(markdown) if t.type == "link_open"]


def dangers(markdown: str) -> list[str]:
    """Images, HTML and links to anything but the web, mail and the page itself."""
    found = [t.type for t in tokens(markdown) if t.type in {"image", "html_inline", "html_block"}]
    allowed = ("http://", "https://", "mailto:", "#")
    return found + [url for url in links(markdown) if not url.lower().startswith(allowed)]
