"""What the chat asks of a store: a small Protocol that db fulfils, and its value types.

    turns          a turn as it is written, and a draft's images
    conversations  conversations as they stand in the store, and what answers used
    history        what the history asks and is told
    scenarios      scenarios and votes
    protocol       ConversationStore

Every call takes the owner first, and every query filters by it. Ids are made by the client
(`new_id`), so a repeated write is harmless. Times are aware datetimes in UTC. A row that is
foreign looks exactly like one that isn't there: None, or nothing done.
"""

from components.chat.store.conversations import (
    MAX_TAG,
    MAX_TITLE,
    Restored,
    StoredAttempt,
    StoredConversation,
    StoredMessage,
    StoredUse,
)
from components.chat.store.history import ConversationSummary, Drift, HistoryFilter
from components.chat.store.protocol import Beaten, Beats, ConversationStore, ImageOf, State
from components.chat.store.scenarios import (
    MAX_SCENARIO_BYTES,
    MAX_SCENARIO_NAME,
    SavedScenario,
    ScenarioError,
    Vote,
    check_params,
    scenario_name,
)
from components.chat.store.turns import (
    LAST,
    AnswerPicture,
    DraftedImage,
    NewImage,
    NewTurn,
    StoredImage,
    new_id,
)
from components.runner.types import (
    STALE_AFTER,
    AlreadyRunning,
    AttemptResult,
    Outcome,
    Progress,
    UsageSource,
)

__all__ = [
    "LAST",
    "MAX_SCENARIO_BYTES",
    "MAX_SCENARIO_NAME",
    "MAX_TAG",
    "MAX_TITLE",
    "STALE_AFTER",
    "AlreadyRunning",
    "AnswerPicture",
    "AttemptResult",
    "Beaten",
    "Beats",
    "ConversationStore",
    "ConversationSummary",
    "DraftedImage",
    "Drift",
    "HistoryFilter",
    "ImageOf",
    "NewImage",
    "NewTurn",
    "Outcome",
    "Progress",
    "Restored",
    "SavedScenario",
    "ScenarioError",
    "State",
    "StoredAttempt",
    "StoredConversation",
    "StoredImage",
    "StoredMessage",
    "StoredUse",
    "UsageSource",
    "Vote",
    "check_params",
    "new_id",
    "scenario_name",
]
