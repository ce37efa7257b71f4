"""One HTML file with the images in it, that runs nothing and loads nothing."""

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator
from html import escape

from components.chat.store import StoredConversation, StoredImage, StoredMessage
from components.export.converted import for_browsers
from components.export.facts import about, facts, heading, image_facts
from components.export.keys import without_keys
from components.export.pictures import EXTENSIONS, ImageOf
from components.i18n import t
from components.markdown import ANSWER_STYLE, answer_html

_STYLE = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;"
    "color:#1f2328;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:3rem}"
    "h3{font-size:1rem;margin:1.5rem 0 0}p.facts,figcaption{color:#59636e;font-size:.85rem;"
    "margin:.2rem 0}div.text{overflow-wrap:anywhere}div.asked{white-space:pre-wrap;"
    "unicode-bidi:plaintext}figure{margin:.5rem 0}img{max-width:100%;max-height:30rem}"
    "table{border-collapse:collapse}th,td{border:1px solid #d1d9e0;padding:.3rem .5rem}"
) + ANSWER_STYLE
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; img-src data:; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'"
)


def html_page(
    conversations: Iterable[StoredConversation],
    image_of: ImageOf,
    lang: str,
    keys: Collection[str] = (),
) -> Iterator[bytes]:
    """The page in pieces, an image at a time. Questions stand in it as they were written, answers
    as they are shown."""
    shown = for_browsers(image_of)
    yield _head(lang).encode()
    for conversation in conversations:
        for piece in _conversation(without_keys(conversation, keys), shown, lang):
            yield piece.encode("utf-8", "replace")
    yield b"</body>\n</html>\n"


def _head(lang: str) -> str:
    title = escape(t(lang, "export.title"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )


def _conversation(conversation: StoredConversation, image_of: ImageOf, lang: str) -> Iterator[str]:
    yield f"<h2>{escape(conversation.title)}</h2>\n"
    yield f'<p class="facts">{escape(about(conversation, lang))}</p>\n'
    for message in conversation.messages:
        yield from _message(message, image_of, lang)


def _message(message: StoredMessage, image_of: ImageOf, lang: str) -> Iterator[str]:
    yield f"<h3>{escape(heading(message, lang))}</h3>\n"
    yield f'<p class="facts">{escape(facts(message, lang))}</p>\n'
    for image in message.images:
        yield _figure(image, image_of, lang)
    if message.text and message.role == "user":
        yield f'<div class="text asked">{escape(message.text)}</div>\n'
    elif message.text:
        yield f'<div class="text">{answer_html(message.text)}</div>\n'


def _figure(image: StoredImage, image_of: ImageOf, lang: str) -> str:
    told = escape(image_facts(image, lang))
    if image.url is not None:
        return f"<figure><figcaption>{told}: {escape(image.url)}</figcaption></figure>\n"
    kept = image_of(image.hash) if image.hash else None
    if kept is None or kept.media_type not in EXTENSIONS:
        missing = escape(t(lang, "export.missing"))
        return f"<figure><figcaption>{told}: {missing}</figcaption></figure>\n"
    data = base64.b64encode(kept.content).decode()
    shown = f'<img alt="{escape(image.name)}" src="data:{kept.media_type};base64,{data}">'
    return f"<figure>{shown}<figcaption>{told}</figcaption></figure>\n"
