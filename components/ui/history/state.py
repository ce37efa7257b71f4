"""What a session's history page remembers."""

from dataclasses import dataclass, field

from components.chat.store import HistoryFilter


@dataclass
class HistoryState:
    """Of one tab, in memory only."""

    wanted: HistoryFilter = field(default_factory=HistoryFilter)
    days: int = 0  # of the filter
    selecting: bool = False  # rows have boxes
    picked: set[str] = field(default_factory=set)  # conversations
    row_opened: tuple[str, str] | None = None  # (id, what) that is edited in its row
    deleted: list[str] = field(default_factory=list)  # by the last deletion, to be undone
    sought: str = ""  # in the list beside every page
    all_beside: bool = False  # it shows more than the latest
    imports: int = 0
    imported: str = ""
    team_opened: tuple[str, str] | None = None  # (owner, id) of somebody's that is being read
