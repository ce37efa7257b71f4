"""What the window "what the model sees" is about."""

from dataclasses import dataclass

from components.chat.store import StoredImage
from components.preflight.image_facts import ImageToCheck


@dataclass(frozen=True)
class KeptImage:
    """An image of the store, whose bytes aren't here yet, and the model that sees it."""

    image: StoredImage
    model: str


@dataclass
class Seen:
    """Images that one goes through in the window, and the place of the one that is shown."""

    among: list[ImageToCheck | KeptImage]
    at: int = 0

    def go(self, step: int) -> None:
        """To the next (1) or the one before (-1), as far as there are any."""
        self.at = min(max(0, self.at + step), len(self.among) - 1)
