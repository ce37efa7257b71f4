"""The wrapper around a document; what it stops is tried in
tests/e2e/browser/chat/test_markdown.py."""

from html.parser import HTMLParser

import pytest

from components.markdown import IFRAME_SANDBOX, sandboxed

DOCUMENTS = [
    "<p>x</p>",
    "<!DOCTYPE html><html><head><title>t</title></head><body>x</body></html>",
    "\ufeff<!doctype html><script>fetch('http://x.y')</script>",
    "<!-- --><script>1</script><!doctype html>",
    "<head><base href='http://x.y'></head>",
    "--><script>1</script>",
    '"><script>1</script>',
    "",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append({"tag": tag, **dict(attrs)})


def tags(document: str) -> list[dict[str, str | None]]:
    reader = Tags()
    reader.feed(document)
    return reader.tags


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_policy_is_the_first_element(document: str) -> None:
    first = tags(sandboxed(document))[0]
    assert (first["tag"], first["http-equiv"]) == ("meta", "Content-Security-Policy")
    assert str(first["content"]).startswith("default-src 'none'; ")


def test_the_frame_is_allowed_nothing() -> None:
    assert IFRAME_SANDBOX == ""


LEADS = (
    "<iframe src=//e.example></iframe>",
    "<IFRAME/SRC='https://e.example'>",
    "<frameset><frame src=https://e.example></frameset>",
    "<object data=https://e.example></object><embed src=https://e.example>",
    "<portal src=https://e.example></portal><fencedframe></fencedframe>",
    "<meta http-equiv=refresh content='0;url=https://e.example'>",
    "<base href=https://e.example><link rel=preconnect href=https://e.example>",
    "<link rel=dns-prefetch href=//e.example><link rel=stylesheet href=https://e.example>",
    "<a href=https://e.example ping=https://e.example>x</a><map><area href=//e.example></map>",
    "<img src=https://e.example srcset='https://e.example 2x'><input type=image src=//e.example>",
    "<video src=//e.example poster=//e.example><track src=//e.example></video>",
    "<form action=https://e.example><button formaction=https://e.example></form>",
    "<svg><a xlink:href=https://e.example>x</a><image href=https://e.example /></svg>",
    "<svg><a><set attributeName=href to=https://e.example /></a></svg>",
    "<svg><style><p><iframe src=https://e.example></iframe></style></svg>",
    "<noscript><iframe src=https://e.example></iframe></noscript>",
    "<textarea></textarea><title><iframe src=https://e.example></title>",
    "<!-- --!><iframe src=https://e.example><!-- -->",
    "<![CDATA[><iframe src=https://e.example>]]>",
    "<div title='--><iframe src=https://e.example>'>x</div>",
    "<p onclick=location='https://e.example'>x</p><script>location='https://e.example'</script>",
    "<x<iframe src=https://e.example>",
    "<math><mtext><table><mglyph><style><iframe src=https://e.example></style></table></math>",
    "<plaintext><iframe src=https://e.example>",
    "<template><iframe src=https://e.example></iframe></template>",
    "<iframe srcdoc='<iframe src=https://e.example>'",
)
OUT = {"iframe", "frame", "frameset", "object", "embed", "portal", "base", "link", "script", "a"}


@pytest.mark.parametrize("document", LEADS)
def test_nothing_that_leads_elsewhere_is_left(document: str) -> None:
    """Neither as an element nor as an address, however a browser may read what is around it."""
    left = sandboxed(document)
    body = left.partition("prefetch-control")[2].partition(">")[2]
    assert not [name for name in OUT - {"a"} if f"<{name}" in body.lower()]
    assert "<meta" not in body
    for tag in tags(body):
        assert "e.example" not in str({k: v for k, v in tag.items() if k != "title"})
        assert not [name for name in tag if name.startswith("on")]


def test_what_a_page_shows_is_left() -> None:
    page = (
        "<!doctype html><html lang=en><head><title>A & B</title>"
        "<style>p > b { color: #c00 } @media (width < 9px) { p { color: red } }</style></head>"
        "<body class='x y' style=\"margin:0\"><h1>1 &lt; 2</h1><p>a<b>c</b><br>d"
        "<a href='#top'>up</a><img alt=dot src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
        "<svg viewBox='0 0 9 9'><path d='M0 0L9 9' stroke='red'/></svg><table><td>7</table>"
    )
    left = sandboxed(page)
    for kept in (
        '<html lang="en">',
        "<title>A &amp; B</title>",
        "p > b { color: #c00 }",
        '<body class="x y" style="margin:0">',
        "<h1>1 &lt; 2</h1>",
        '<a href="#top">up</a>',
        'src="data:image/gif;base64,R0lGODlhAQABAAAAACw="',
        '<svg viewbox="0 0 9 9"><path d="M0 0L9 9" stroke="red" />',
        "<td>7</table>",
    ):
        assert kept in left


@pytest.mark.parametrize("piece", ["<a ", "<!--", "<a b='", "<![x", "<?", "&#", "<title>", "</"])
def test_unfinished_pages_are_read_in_one_pass(piece: str) -> None:
    assert len(sandboxed(piece * 50_000)) < 1_000_000
