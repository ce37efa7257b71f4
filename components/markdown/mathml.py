"""TeX as MathML, which browsers draw by themselves; as code where that can't be had."""

import re
from html import escape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

LONGEST = 2000  # characters of TeX that are drawn
DEEPEST = 40  # braces in one another
# Not of the answer's choosing: where a thing links to, how it looks, what it is called.
_REFUSED = re.compile(r"\\(?:href|url|style|class|cssId|data|html\w*|require|includegraphics)\b")
_ATTRIBUTES = frozenset(
    {
        *(
            "display",
            "mathvariant",
            "stretchy",
            "fence",
            "form",
            "separator",
            "accent",
            "accentunder",
            "linethickness",
        ),
        *(
            "columnalign",
            "rowalign",
            "columnspacing",
            "rowspacing",
            "columnlines",
            "rowlines",
            "minsize",
        ),
        *(
            "maxsize",
            "movablelimits",
            "lspace",
            "rspace",
            "width",
            "height",
            "depth",
            "notation",
            "xmlns",
        ),
    }
)
_VALUE = re.compile(r"[\w .%+\-]*|http://www\.w3\.org/1998/Math/MathML")


def mathml(tex: str, *, display: bool) -> str:
    """The formula as an element; display: on lines of its own. Never raises."""
    tex = tex.strip()
    if len(tex) <= LONGEST and tex.count("{") <= LONGEST and not _REFUSED.search(tex):
        try:
            return _drawn(tex, display=display)
        except Exception:  # it raises what it likes; the formula is shown as it was written
            pass
    mark = "$$" if display else "$"
    return f'<code dir="ltr">{escape(f"{mark}{tex}{mark}")}</code>'


def _drawn(tex: str, *, display: bool) -> str:
    if _depth(tex) > DEEPEST:
        raise ValueError("too deep")
    element = convert_to_element(tex, display="block" if display else "inline")
    _strip(element)
    return tostring(element, encoding="unicode", short_empty_elements=False)


def _strip(element: Element) -> None:
    for each in element.iter():
        for name, value in list(each.attrib.items()):
            if name not in _ATTRIBUTES or not _VALUE.fullmatch(value):
                del each.attrib[name]
        if not re.fullmatch(r"math|m[a-z]+|semantics|annotation", each.tag):
            raise ValueError(each.tag)


def _depth(tex: str) -> int:
    depth = deepest = 0
    for character in tex:
        depth += (character == "{") - (character == "}")
        deepest = max(deepest, depth)
    return deepest
