"""The wrapper around a document; what it stops is tried in tests/browser/test_markdown.py."""

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


class FirstTag(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append({"tag": tag, **dict(attrs)})


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_policy_is_the_first_element_and_the_document_follows_whole(document: str) -> None:
    wrapped = sandboxed(document)
    reader = FirstTag()
    reader.feed(wrapped)
    first = reader.tags[0]
    assert (first["tag"], first["http-equiv"]) == ("meta", "Content-Security-Policy")
    assert str(first["content"]).startswith("default-src 'none'; ")
    assert wrapped.endswith(document.removeprefix("\ufeff"))


def test_the_frame_never_gets_the_origin_of_the_app() -> None:
    assert IFRAME_SANDBOX.split() == ["allow-scripts"]
