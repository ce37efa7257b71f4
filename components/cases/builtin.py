"""Sets of cases that come with the app, made from the samples: they run without a key."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from components.cases.case import Case, CaseSet, Grader, Image, Message, Text
from components.i18n import t
from components.samples import sample

_DATA = Path(__file__).with_name("builtin.toml")


def names() -> tuple[str, ...]:
    """The built-in sets, in the order in which they are shown."""
    return tuple(_data()["sets"])


def set_id(name: str, lang: str) -> str:
    """The id under which an owner keeps a built-in set, once it is opened."""
    return f"builtin-{name}-{lang}"


def size(name: str) -> int:
    """How many cases it has. Raises KeyError."""
    return len(_data()["sets"][name])


def builtin(name: str, lang: str) -> CaseSet:
    """One of `names` in "en" or "zh", with its images. Raises KeyError."""
    cases: list[Case] = []
    images: dict[str, bytes] = {}
    for sample_id in _data()["sets"][name]:
        pictures = {f"images/{file}": data for file, data in sample(sample_id).pictures()}
        images |= pictures
        cases.append(_case(sample_id, lang, tuple(pictures)))
    return CaseSet(t(lang, f"cases.builtin.{name}"), tuple(cases), lang=lang, images=images)


def _case(sample_id: str, lang: str, images: tuple[str, ...]) -> Case:
    found = sample(sample_id)
    return Case(
        sample_id,
        (Message("user", (Text(found.question[lang]), *map(Image, images))),),
        expect=_expected(sample_id, lang),
        source={"kind": "sample", "id": sample_id, "answer": found.truth[lang]},
    )


def _expected(sample_id: str, lang: str) -> tuple[Grader, ...]:
    """The graders of a sample, without what says where they belong."""
    return tuple(
        {name: value for name, value in row.items() if name not in ("of", "lang")}
        for row in _data()["expect"]
        if row["of"] == sample_id and row.get("lang", lang) == lang
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_DATA.read_text("utf-8"))
