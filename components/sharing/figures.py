"""Pictures of a shared page, by their numbers."""

from typing import NamedTuple
from urllib.parse import urlencode

from components.sharing.resolve_share import Shown

PICTURE = "shared/picture"  # beside the page's own address


class Picture(NamedTuple):
    """address: "" for one that isn't kept here, which is named only."""

    caption: str
    address: str


def picture_of(shown: Shown, digest: str | None, caption: str, token: str) -> Picture:
    if digest is None or digest not in shown.images:
        return Picture(caption, "")
    return Picture(caption, address_of(shown.images.index(digest), token))


def address_of(number: int, token: str) -> str:
    """Of picture `number`, beside the page's own."""
    return f"{PICTURE}?{urlencode({'t': token, 'n': number})}"
