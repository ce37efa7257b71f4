"""What the image benchmark measures; imports nothing, so that its process stays small."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """One input: how it is made and at which detail it is prepared."""

    name: str
    file: str
    detail: str = "high"


PICTURES = (
    Picture("12MP jpeg low", "photo12.jpeg", "low"),
    Picture("12MP jpeg high", "photo12.jpeg"),
    Picture("48MP jpeg high", "photo48.jpeg"),
    Picture("12MP png", "photo12.png"),
    Picture("12MP webp", "photo12.webp"),
    Picture("screen palette png", "palette.png"),
    Picture("screen rgba png", "rgba.png"),
    Picture("fitting jpeg", "fits.jpeg"),
)

# What the benchmark of the chat asks, and what the loopback endpoint answers to it.
QUESTION = "Question {}: count, please"
ANSWER = "".join(f"n{n} " for n in range(1, 301))
