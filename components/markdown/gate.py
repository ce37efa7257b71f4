"""The last gate: whatever was made of an answer, only this leaves."""

import re

import nh3

from components.markdown.code import CLASSES

_TEXT = """
p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em s a div span button
table thead tbody tr th td
"""
# What latex2mathml makes; none of it leads or loads.
_MATH = """
math maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mroot mrow
ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover mlabeledtr
"""
_MATH_ATTRIBUTES = """
display mathvariant stretchy fence form separator accent accentunder linethickness columnalign
rowalign columnspacing rowspacing columnlines rowlines minsize maxsize movablelimits lspace rspace
width height depth notation displaystyle scriptlevel
"""
_MATHS = set(_MATH.split())
_DIRECTED = ("p", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "th", "td")
_SIDES = {"left", "center", "right"}

_TAG_OR_QUOTE = re.compile(r'(<(?:"[^"]*+"|[^">])*+>)|"')

_GATE = nh3.Cleaner(
    tags=set(_TEXT.split()) | _MATHS,
    attributes={
        "a": {"href", "title"},
        "ol": {"start"},
        "button": {"data-done"},
        **{tag: set(_MATH_ATTRIBUTES.split()) for tag in _MATHS},
    },
    tag_attribute_values={
        "a": {"target": {"_blank"}},
        "button": {"type": {"button"}},
        "th": {"align": _SIDES, "dir": {"auto"}},
        "td": {"align": _SIDES, "dir": {"auto"}},
        **{tag: {"dir": {"auto"}} for tag in _DIRECTED if tag[0] != "t"},
        **{tag: {"dir": {"ltr"}} for tag in ("code", "div")},
    },
    allowed_classes={
        "div": {"code", "head", "wide"},
        "li": {"task"},
        "span": set(CLASSES),
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


def harmless(html: str) -> str:
    """HTML without anything that runs, loads, or leads to anything but the web, mail and the page
    itself. Quotes in texts are references, so that no text looks like an attribute."""
    clean: str = _GATE.clean(html)
    return _TAG_OR_QUOTE.sub(lambda found: found[1] or "&quot;", clean)
