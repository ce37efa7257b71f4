"""What reading and writing give."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from components.cases.case import CaseSet
from components.cases.loss import Loss


@dataclass(frozen=True)
class Read:
    """format: in which it was written. losses: what couldn't be taken as it stands."""

    cases: CaseSet
    format: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True)
class Written:
    """files: by their paths with "/"; where there is one alone it is the file itself. beside: the
    images that they name by a path, which come along where a folder or a zip is written."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...]
    beside: Mapping[str, bytes] = field(default_factory=dict)
