"""HTML that a model wrote, to be looked at without trusting it.

The frame runs nothing and loads nothing. That isn't enough: where a policy forbids a load, a
browser may already have looked the host up, which tells whoever runs it what was asked. So what
leads elsewhere is taken out first, and what is left is written anew.
"""

import re
from html import escape, unescape

from components.markdown.tags import Tag, read

# For <iframe sandbox="...">: nothing is allowed, scripts and the app's own origin least of all.
IFRAME_SANDBOX = ""

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
_HEAD = (
    "<!doctype html>"
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<meta name="referrer" content="no-referrer">'
    '<meta http-equiv="x-dns-prefetch-control" content="off">\n'
)
# What loads, leads, or changes how the rest is read.
_LEADING = """
applet audio base bgsound embed fencedframe foreignobject frame frameset iframe image link meta
noembed noframes noscript object plaintext portal script source template track video xmp
"""
_OUT = frozenset(_LEADING.split())
_LED = """
action archive attributionsrc background cite classid code codebase content data dynsrc formaction
href icon imagesrcset longdesc lowsrc manifest ping poster profile src srcdoc srcset target usemap
"""
_ADDRESSES = frozenset(_LED.split())
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_ATTRIBUTE = re.compile(r"[a-z_][a-z0-9_.-]*(?::[a-z][a-z0-9_.-]*)?")
_PICTURES = frozenset({"src", "poster", "background"})  # may be data
_INSIDE = re.compile(r"data:image/", re.IGNORECASE)


def sandboxed(html: str) -> str:
    """A document for the srcdoc of an iframe with sandbox=IFRAME_SANDBOX (escape it there).

    The policy is the first thing a parser meets. Every "<" that follows begins an element that
    was written here: however a browser reads the document, no other can come out of it.
    """
    written = "".join(map(_write, read(html.removeprefix("\ufeff").replace("\x00", ""))))
    return _HEAD + written


def _write(piece: Tag | str) -> str:
    if isinstance(piece, str):
        return escape(piece, quote=False)
    if not _written(piece.name) or _animates_an_address(piece):
        return ""
    if piece.closing:
        return f"</{piece.name}>"
    kept = "".join(_attribute(name, value) for name, value in piece.attributes.items())
    # A sheet is read as it stands, so its "<" can't be written as "&lt;"; CSS has "\3c ".
    style = piece.name == "style"
    text = piece.text.replace("<", r"\3c ") if style else escape(unescape(piece.text), quote=False)
    return f"<{piece.name}{kept}{' /' if piece.empty else ''}>{text}"


def _written(tag: str) -> bool:
    return tag not in _OUT and _NAME.fullmatch(tag) is not None


def _attribute(name: str, value: str) -> str:
    """As it is written, "" for one that runs something or leads out of the document."""
    bare = name.rpartition(":")[2]
    if name.startswith("on") or _ATTRIBUTE.fullmatch(name) is None:
        return ""
    if bare in _ADDRESSES and not _stays(bare, value.strip()):
        return ""
    return f' {name}="{escape(value)}"'


def _stays(name: str, address: str) -> bool:
    """Whether it is a place in the document, or a picture that is there already."""
    return address.startswith("#") or (name in _PICTURES and _INSIDE.match(address) is not None)


def _animates_an_address(tag: Tag) -> bool:
    """SVG can give a link its address later."""
    named = tag.attributes.get("attributename", "").strip().lower()
    return tag.name in {"animate", "set"} and named.rpartition(":")[2] in _ADDRESSES
