"""Sets of cases as they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from components.cases.case import Case, CaseSet

Origin = Literal["hand", "file", "labels", "samples"]

MAX_SET_NAME = 100
"""Characters."""


@dataclass(frozen=True)
class SetSummary:
    """A row of the list. version: the latest one; cases: how many it has."""

    id: str
    name: str
    version: int
    cases: int
    origin: Origin
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class StoredCase:
    """A case of a set. version: its own, from 1; image: the hash of its first one in the store."""

    case: Case
    version: int
    image: str | None = None


@dataclass(frozen=True)
class StoredSet:
    """A version of a set. head: the set without cases and images: lang, defaults, expect, runs,
    extra. hashes: of its images in the store, by the names that cases use."""

    id: str
    version: int
    name: str
    cases: tuple[StoredCase, ...]
    head: CaseSet
    hashes: Mapping[str, str]
