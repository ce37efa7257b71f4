"""How many tokens images and texts cost, offline."""

from components.tokens.images import Era, Fidelity, count_image_tokens
from components.tokens.soon import Count, count_soon
from components.tokens.text import count_request_text_tokens, count_text_tokens
from components.tokens.types import Evidence, ImageTokens, Status

__all__ = [
    "Count",
    "Era",
    "Evidence",
    "Fidelity",
    "ImageTokens",
    "Status",
    "count_image_tokens",
    "count_request_text_tokens",
    "count_soon",
    "count_text_tokens",
]
