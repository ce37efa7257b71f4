"""What the image benchmark measures; imports nothing, so that its process stays small."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BenchImage:
    """One input: how it is made and at which detail it is prepared."""

    name: str
    file: str
    detail: str = "high"


PICTURES = (
    BenchImage("12MP jpeg low", "photo12.jpeg", "low"),
    BenchImage("12MP jpeg high", "photo12.jpeg"),
    BenchImage("48MP jpeg high", "photo48.jpeg"),
    BenchImage("12MP png", "photo12.png"),
    BenchImage("12MP webp", "photo12.webp"),
    BenchImage("screen palette png", "palette.png"),
    BenchImage("screen rgba png", "rgba.png"),
    BenchImage("fitting jpeg", "fits.jpeg"),
)

# What the benchmark of the chat asks, and what the loopback endpoint answers to it.
QUESTION = "Question {}: count, please"
ANSWER = "".join(f"n{n} " for n in range(1, 301))
