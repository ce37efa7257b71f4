"""What a session remembers of a rehearsal."""

from dataclasses import dataclass, field

from components.cases.case import Grader
from components.cases.from_labels import Made
from components.cases.rehearsal import Ending
from components.cases.rehearsal.draft import Checked
from components.chat.store import StoredUse
from components.ui.cases.run_state import Planned


@dataclass
class Rehearsing:
    """Of one tab, in memory only. choice: id of the model that retires. changed: expectations in
    the place of proposed ones, by case. editing: the case that is being changed. made, planned:
    what was worked out last, and of what."""

    choice: str
    sample: list[StoredUse] | None = None
    changed: dict[str, list[Grader]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    editing: str | None = None
    made: tuple[tuple[str, ...], Made] | None = None
    planned: Planned | None = None


@dataclass(frozen=True)
class Looked:
    """A rehearsal as it stands. given: verdicts on answers of the sample, by attempt."""

    ending: Ending
    made: Made
    drafts: tuple[Checked, ...]
    given: dict[str, str]

    @property
    def open(self) -> int:
        """How many of the proposed cases can't be kept yet."""
        return sum(not each.holds for each in self.drafts)
