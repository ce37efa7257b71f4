"""Images of questions that aren't asked yet."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DraftedImage:
    """An image in a tray. hash: sha256 of the original bytes, in hex, or None for a URL image.

    aside: it waits while a question is being edited.
    """

    hash: str | None
    name: str
    detail: str
    url: str | None = None
    as_is: bool = False
    first_frame: bool = False
    aside: bool = False
