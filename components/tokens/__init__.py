"""How many tokens images and texts cost, offline."""

from components.tokens.images import Era, Fidelity, count_image_tokens
from components.tokens.types import Evidence, ImageTokens, Status

__all__ = ["Era", "Evidence", "Fidelity", "ImageTokens", "Status", "count_image_tokens"]
