"""Addresses in Markdown: which stay links, and how to write them so that nothing hides in them."""

import html
import re
from urllib.parse import quote

# After "]": the address in brackets or bare with one level of parentheses, then a title.
# Possessive, so that what doesn't match is given up at once.
RESOURCE = re.compile(
    r"\([ \t\n]*+"
    r"(?:<((?:[^<>\n\\]|\\.)*+)>|((?:[^\s()<>\\]|\\[^\s]|\((?:[^\s()<>\\]|\\[^\s])*+\))*+))"
    r"(?:[ \t\n]++(\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?+"
    r"[ \t\n]*+\)"
)
DEFINITION = re.compile(
    r" {0,3}(\[(?!\^)[^\[\]\\`$\n]{1,200}\]):[ \t]*+"
    r"(?:<([^<>\n\\]*+)>|([^\s<>\\]++))"
    r"(?:[ \t]++(\"[^\"\\\n]*+\"|'[^'\\\n]*+'|\([^()\\\n]*+\)))?+[ \t]*+$"
)
AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^\s<>|\x00-\x20\x7f]+)>", re.IGNORECASE)
# Bare: ASCII only, since in Chinese what follows an address needs no space.
BARE = re.compile(r"https?://(?=[A-Za-z0-9])[A-Za-z0-9\-._~:/?#@!&'()*+,;=%]+", re.IGNORECASE)

_KEPT = re.compile(r"(?:https?://|mailto:)(?=[^/])|#", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NO_LETTER = re.compile(r"[^A-Za-z0-9\-._~:/?#@&'()+,;=%\u00a1-\U0010ffff]")
SHOWN = 100  # characters of an address that isn't a link; data: addresses can be very long


def meant(written: str) -> str:
    """The address that Markdown would make of `written`, without characters nobody sees."""
    plain = _ESCAPE.sub(r"\1", written)
    plain = _REFERENCE.sub(lambda found: html.unescape(found[0]), plain)
    return _UNSEEN.sub("", plain)


def kept(address: str) -> str | None:
    """`address` (from `meant`) to stand in <...> after a link's text; None for a foreign scheme."""
    if not _KEPT.match(address):
        return None
    written = _NO_LETTER.sub(lambda found: quote(found[0], safe="", errors="replace"), address)
    return written.replace("&", "&amp;")


def title(written: str | None) -> str:
    """A link's title with nothing in it that could be read as Markdown."""
    if not written:
        return ""
    plain = _ESCAPE.sub(r"\1", written[1:-1])
    return f' "{as_text(" ".join(plain.split()))}"'


def as_text(plain: str) -> str:
    """Any text as Markdown for itself, within a link as well."""
    return _PUNCTUATION.sub(r"\\\g<0>", plain)


def as_code(plain: str) -> str:
    """An address to be read and not to be followed: as code, and not too long."""
    shown = _UNSEEN.sub("", plain).replace("`", "'").replace("|", "%7C")
    shown = shown if len(shown) <= SHOWN else shown[:SHOWN] + "…"
    return f"`{shown}`" if shown else ""


def bare_end(text: str, start: int, end: int) -> int:
    """Where a bare address ends: the sentence's own punctuation isn't part of it."""
    while end > start:
        last = text[end - 1]
        unopened = last == ")" and text.count(")", start, end) > text.count("(", start, end)
        if not unopened and last not in "?!.,:;*_~'\"&":
            break
        end -= 1
    return end
