"""A set of cases as a run keeps it: what was asked and expected, with images by their hashes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from components.cases.case import Case, CaseSet, Grader
from components.cases.formats.tuwen import case_of, row_of
from components.cases.store.runs import Snapshot


@dataclass(frozen=True)
class ImageFacts:
    """An image that cases name. width, height: px, upright."""

    hash: str
    width: int
    height: int
    format: str


@dataclass(frozen=True)
class Asked:
    """What a snapshot says. versions: of each case, in order: what it asks and expects, as a
    digest; two runs are compared where id and version are the same."""

    name: str
    cases: tuple[Case, ...]
    expect: tuple[Grader, ...]
    images: Mapping[str, ImageFacts]
    versions: tuple[str, ...]

    def graders(self, case: int) -> tuple[Grader, ...]:
        """All that must pass, of the case and of the set."""
        return graders_of(self.cases[case], self.expect)


def graders_of(case: Case, expect: tuple[Grader, ...]) -> tuple[Grader, ...]:
    """Those of a case and of its set; one of choices knows the case's where it names none."""
    return tuple(
        {**each, "choices": list(case.choices)}
        if each["grader"] == "choice" and case.choices and not each.get("choices")
        else each
        for each in (*case.expect, *expect)
    )


def snapshot_of(cases: CaseSet, images: Mapping[str, ImageFacts]) -> Snapshot:
    """images: of all that the cases name and that are at hand."""
    named = sorted({image.image for case in cases.cases for image in case.images} & images.keys())
    data = {
        "name": cases.name,
        "expect": [dict(each) for each in cases.expect],
        "cases": [row_of(replace(case, extra={})) for case in cases.cases],
        "images": {n: [i.hash, i.width, i.height, i.format] for n in named if (i := images[n])},
    }
    text = _plain(data)
    hashes = tuple(dict.fromkeys(images[name].hash for name in named))
    return Snapshot(hashlib.sha256(text.encode()).hexdigest(), json.loads(text), hashes)


def asked_of(snapshot: Snapshot) -> Asked:
    """The other way."""
    data = snapshot.data
    images = {name: ImageFacts(*facts) for name, facts in data["images"].items()}
    cases = tuple(case_of(row, n, "") for n, row in enumerate(data["cases"], 1))
    expect = tuple(data["expect"])
    versions = tuple(_version(row, expect, images) for row in data["cases"])
    return Asked(data["name"], cases, expect, images, versions)


def _version(
    row: Mapping[str, Any], expect: tuple[Grader, ...], images: Mapping[str, ImageFacts]
) -> str:
    told = {key: row.get(key) for key in ("input", "choices", "expect")}
    hashes = [images[name].hash for name in sorted(images) if name in _plain(row["input"])]
    return hashlib.sha256(_plain([told, list(expect), hashes]).encode()).hexdigest()[:16]


def _plain(data: Any) -> str:
    """The same text for the same data; a date of YAML as it is written."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return text.encode("utf-8", "replace").decode()
