"""Pictures for first use and for demos, drawn by the project itself.

samples.toml says what each one is, what to ask of it and what is true of it; its order is the
order in which they are shown. `generate.py` draws them; the app only reads `pictures/`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One sample: one picture, or two that belong together.

    title, question, truth: language ("en", "zh") -> text; truth is what a right answer says.
    preset: id of the question in components/presets that the sample shows off.
    """

    id: str
    files: tuple[str, ...]
    preset: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    truth: Mapping[str, str]

    def pictures(self) -> tuple[tuple[str, bytes], ...]:
        """(file name, bytes) of each picture, WebP, in order. Read from disk on every call."""
        return tuple((name, (_HERE / "pictures" / name).read_bytes()) for name in self.files)


@cache
def samples() -> tuple[Sample, ...]:
    """All samples, in the order in which they are shown."""
    data = tomllib.loads((_HERE / "samples.toml").read_text("utf-8"))
    return tuple(Sample(**{**row, "files": tuple(row["files"])}) for row in data["sample"])


def sample(sample_id: str) -> Sample:
    """The sample with this id. Raises KeyError when there is none."""
    for found in samples():
        if found.id == sample_id:
            return found
    raise KeyError(sample_id)
