"""What a session's page of cases remembers."""

from dataclasses import dataclass, field

from components.cases.case import Case, Grader
from components.cases.formats import Read
from components.cases.loss import Loss
from components.chat.draft import DraftImage
from components.ui.cases.rehearsal.state import Rehearsing


@dataclass
class Editing:
    """A case that is being added or changed. case: as it is kept, None for a new one. images: their
    names in the set, or new ones."""

    set_id: str
    case: Case | None = None
    images: list[str | DraftImage] = field(default_factory=list)
    expect: list[Grader] = field(default_factory=list)


@dataclass
class CasesState:
    """Of one tab, in memory only."""

    set_id: str | None = None
    retiring: str | None = None  # the model whose rehearsal is shown, as the picker knows it
    rehearsing: Rehearsing | None = None
    editing: Editing | None = None
    removed: tuple[str, int] | None = None  # (set, its version) of the last removal, to be undone
    deleted: tuple[str, str] | None = None  # (id, name) of the set that was deleted last
    renaming: bool = False
    files: list[tuple[str, bytes]] = field(default_factory=list)  # that came together
    came: Read | None = None  # what was read of them and isn't kept yet
    export: tuple[tuple[str, int, str], str, tuple[Loss, ...]] | None = None
    """The format that was chosen last, with set and version: how its file ends, what is lost."""
    told: str = ""
