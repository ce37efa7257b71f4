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
    query = urlencode({"t": token, "n": shown.images.index(digest)})
    return Picture(caption, f"{PICTURE}?{query}")
