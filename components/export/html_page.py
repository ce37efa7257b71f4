"""One HTML file with the images in it, that runs nothing and loads nothing."""

import base64
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from markupsafe import Markup

from components.chat.store import StoredConversation, StoredImage
from components.export.converted import for_browsers
from components.export.facts import about, facts, heading, image_facts
from components.export.keys import without_keys
from components.export.pictures import EXTENSIONS, ImageOf
from components.i18n import t
from components.markdown import ANSWER_STYLE
from components.templates import template

_STYLE = (
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;"
    "color:#1f2328;background:#fff}h1{font-size:1.5rem}h2{font-size:1.25rem;margin-top:3rem}"
    "h3{font-size:1rem;margin:1.5rem 0 0}p.facts,figcaption{color:#59636e;font-size:.85rem;"
    "margin:.2rem 0}div.text{overflow-wrap:anywhere}div.asked{white-space:pre-wrap;"
    "unicode-bidi:plaintext}figure{margin:.5rem 0}img{max-width:100%;max-height:30rem}"
    "table{border-collapse:collapse}th,td{border:1px solid #d1d9e0;padding:.3rem .5rem}"
) + ANSWER_STYLE


def html_page(
    conversations: Iterable[StoredConversation],
    image_of: ImageOf,
    lang: str,
    keys: Collection[str] = (),
) -> Iterator[bytes]:
    """The page in pieces, an image at a time. Questions stand in it as they were written, answers
    as they are shown."""
    shown = for_browsers(image_of)
    pieces = template("export/page.html").generate(
        lang=lang,
        style=_STYLE,
        title=t(lang, "export.title"),
        conversations=(without_keys(each, keys) for each in conversations),
        about=about,
        heading=heading,
        facts=facts,
        source_of=lambda image: source_of(None if image.url is not None else image.hash, shown),
        caption=partial(_caption, lang=lang),
    )
    for piece in pieces:
        yield piece.encode("utf-8", "replace")


def source_of(digest: str | None, image_of: ImageOf) -> str:
    """An image within the page; "" for one that isn't kept, or that no browser shows."""
    kept = image_of(digest) if digest else None
    if kept is None or kept.media_type not in EXTENSIONS:
        return ""
    return Markup(f"data:{kept.media_type};base64,{base64.b64encode(kept.content).decode()}")


def _caption(image: StoredImage, source: str, *, lang: str) -> str:
    told = image_facts(image, lang)
    if image.url is not None:
        return f"{told}: {image.url}"
    return told if source else f"{told}: {t(lang, 'export.missing')}"
