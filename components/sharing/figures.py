"""Pictures and tables of a shared page, in HTML."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from components.i18n import t
from components.sharing.resolve_share import Shown

PICTURE = "shared/picture"  # beside the page's own address


def figure(shown: Shown, digest: str | None, caption: str, token: str, lang: str) -> str:
    """An image by its number; one that isn't kept here (an address) is named only."""
    if digest is None or digest not in shown.images:
        gone = t(lang, "sharing.page.not_kept")
        return f"<figure><figcaption>{escape(f'{caption}: {gone}')}</figcaption></figure>\n"
    query = urlencode({"t": token, "n": shown.images.index(digest)})
    told = escape(caption)
    return (
        f'<figure><img loading="lazy" alt="{told}" src="{PICTURE}?{escape(query)}">'
        f"<figcaption>{told}</figcaption></figure>\n"
    )


def table(lines: Sequence[Sequence[str]]) -> str:
    """A table of plain texts, its first line the heading; "" for none."""
    if not lines:
        return ""
    head = "".join(f"<th>{escape(each)}</th>" for each in lines[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in line)}</tr>\n" for line in lines[1:]
    )
    return f'<div class="wide"><table>\n<tr>{head}</tr>\n{body}</table></div>\n'
