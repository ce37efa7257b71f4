"""What a browser reads in the HTML that is made of an answer."""

from html.parser import HTMLParser

from components.markdown import answer_blocks, answer_html

ALLOWED = {
    *("p", "br", "hr", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "strong"),
    *("em", "s", "a", "div", "span", "button", "table", "thead", "tbody", "tr", "th", "td", "math"),
}
_VOID = {"br", "hr"}
# Beside addresses of links: none of these is of the answer's choosing.
VALUES = {
    "dir": {"auto", "ltr"},
    "rel": {"noopener noreferrer nofollow"},
    "target": {"_blank"},
    "align": {"left", "center", "right"},
    "type": {"button"},
}
CLASSES = {"answer", "code", "head", "wide", "task"}


class Reading(HTMLParser):
    """Refuses what isn't allowed.

    text: what can be read, in lines. said: the same, with what is emphasized between `<b>`, `<i>`
    and `<d>`, and lines at breaks alone. links: where to. codes: what stands in code. formulas:
    how many.
    """

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.said = self.text = ""
        self.links: list[str] = []
        self.codes: list[str] = []
        self.formulas = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_formula = "math" in self.open
        assert tag in ALLOWED or (in_formula and tag[0] == "m"), tag
        for name, value in attrs:
            self._attribute(tag, name, value or "", in_formula=in_formula or tag == "math")
        self.said += {"strong": "<b>", "em": "<i>", "s": "<d>", "br": "\n"}.get(tag, "")
        self.text += "\n" * (tag == "br")
        self.formulas += tag == "math"
        if tag == "code":
            self.codes.append("")
        if tag not in _VOID:
            self.open.append(tag)

    def _attribute(self, tag: str, name: str, value: str, *, in_formula: bool) -> None:
        if tag == "a" and name == "href":
            self.links.append(value)
            assert value.lower().startswith(("http://", "https://", "mailto:", "#")), value
        elif tag == "a" and name == "title":
            pass
        elif tag == "ol" and name == "start":
            assert value.isdigit()
        elif name == "class":
            assert all(each in CLASSES or each.startswith("hl-") for each in value.split())
        elif in_formula:
            assert not name.startswith("on")
            assert name not in {"href", "src", "style", "class", "id", "xlink:href"}, name
        else:
            assert name == "data-done" or value in VALUES[name], (name, value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if tag in {"p", "li", "pre"} and not self.text.endswith("\n"):
            self.text += "\n"
        self.said += {"strong": "</b>", "em": "</i>", "s": "</d>"}.get(tag, "")

    def handle_data(self, data: str) -> None:
        self.said += data
        self.text += data
        if "code" in self.open:
            self.codes[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment  # type: ignore[assignment]


def read(html: str) -> Reading:
    parsed = Reading()
    parsed.feed(html)
    parsed.close()
    assert parsed.open == []
    return parsed


def read_answer(answer: str) -> Reading:
    """As it is on the page; on pages that leave the app an image is another thing."""
    read(answer_html(answer))
    return read("".join(block.html for block in answer_blocks(answer)))
