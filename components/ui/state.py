"""What a visit remembers: the one file that touches st.session_state.

Everything is in one dataclass under one key, but for widgets' own values, which Streamlit keeps
under the widgets' keys; `put` and `value` reach those.
"""

from dataclasses import dataclass, field

import streamlit as st

from components.chat.context import Choice
from components.chat.draft import DraftImage
from components.errors import AppError, ImageError
from components.providers.base import Parameters

_KEY = "visit"


@dataclass
class Refused:
    """A dropped file that isn't in the tray; content is kept where another way may work."""

    error: ImageError
    content: bytes | None = field(default=None, repr=False)


@dataclass
class Visit:
    """One browser tab's visit, in memory only.

    sent: question and images of the answer in progress, given back when it fails.
    fill: text to put into the chat input on the next run.
    model_of: the conversation whose last model was chosen when it was opened. leaf: the branch
    that is shown, None for the newest; editing: the question being edited.
    choices: keep, low or drop for the history's images, None before the conversation is read.
    opened: (message, what) that is unfolded under an answer.
    """

    lang: str = "en"
    lang_known: bool = False
    owner: str = "local"
    conversation_id: str | None = None
    draft: list[DraftImage] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    uploads: int = 0
    choice: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    system: str | None = None
    sent: tuple[str, list[DraftImage]] | None = None
    fill: str | None = None
    error: AppError | None = None
    shown: int = 0
    leaf: str | None = None
    model_of: str | None = None
    editing: str | None = None
    choices: dict[str, Choice] | None = None
    opened: tuple[str, str] | None = None
    deleting: str | None = None
    leave_for_chat: bool = False

    def enter(self, conversation_id: str | None) -> None:
        """Go to another conversation (None: a new one); what is in the tray stays."""
        self.conversation_id = conversation_id
        self.sent, self.leaf, self.editing, self.choices, self.opened = None, None, None, None, None
        self.shown = 0


def visit() -> Visit:
    """The visit of whoever's run this is."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Visit()
    found: Visit = st.session_state[_KEY]
    return found


def value(key: str) -> object:
    """A widget's value, None where it isn't there."""
    return st.session_state.get(key)


def put(key: str, new: object) -> None:
    """Set a widget's value before it is drawn (a chat input takes text this way)."""
    st.session_state[key] = new


def breathe() -> None:
    """A point at which Streamlit may end this run (Stop, another click, a closed tab)."""
    st.session_state.get(_KEY)
