"""What a session's chat remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from components.chat.context import Choice
from components.chat.draft import DraftImage
from components.chat.store import Drift
from components.errors import AppError
from components.labels import Label
from components.pdf import Pdf
from components.providers.base import Parameters
from components.providers.own import OwnEndpoint
from components.ui.chat.ahead import Ahead


@dataclass
class Refused:
    """A dropped file that isn't in the tray; content is kept where another way may work."""

    error: AppError
    content: bytes | None = field(default=None, repr=False)


@dataclass
class OwnTold:
    """What came of the last test of an endpoint that was typed in."""

    host: str
    error: AppError | None = None
    models: tuple[str, ...] = ()
    seconds: float = 0.0
    listed: bool = True
    plain_http: bool = False
    clear: bool = False  # what was typed has done its work


@dataclass
class OpenPdf:
    """A PDF of which pages are being picked. sheet: which dozen of its pages is looked at;
    thumbnails, texts: what is known of its pages by now."""

    id: str
    pdf: Pdf
    chosen: list[int] = field(default_factory=list)
    with_text: bool = False
    sheet: int = 1
    thumbnails: dict[int, bytes | None] = field(default_factory=dict, repr=False)
    texts: dict[int, str] = field(default_factory=dict, repr=False)
    error: AppError | None = None


@dataclass(frozen=True)
class Labelled:
    """What was said last of an answer, to be undone. before: what had been said of it; at: of the
    monotonic clock, in seconds."""

    attempt_id: str
    before: Label | None
    at: float


@dataclass
class ChatState:
    """Of one tab, in memory only."""

    # The conversation
    conversation_id: str | None = None
    leaf: str | None = None  # of the branch that is shown, None for the newest
    shown: int = 0  # messages of it that are drawn at most
    opened: tuple[str, str] | None = None  # (message, what) that is unfolded under an answer
    labelled: Labelled | None = None
    choices: dict[str, Choice] | None = None  # of its images; None before they are read
    drift: dict[str, tuple[float, list[Drift]]] = field(default_factory=dict)

    # What isn't sent yet
    draft: list[DraftImage] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    pdfs: list[OpenPdf] = field(default_factory=list)
    camera: bool = False
    samples: bool = False  # their window is asked for
    photos: int = 0  # that the camera has taken
    typed: str = ""  # what stands in the field
    fill: str | None = None  # to be put into it on the next run
    emptied: int = 0  # how often what stood in the field was to go
    focus: int = 0  # how often the field was to have the focus; told to the browser
    below: bool | None = None  # it is under the page instead of in it
    editing: str | None = None  # the question that is being edited
    edited: str = ""  # what it says by now
    edits: dict[str, str] = field(default_factory=dict)  # that another one cut off

    # What was sent
    tried: int = 0  # how often something was to be sent, or done that can be refused
    awaited: str | None = None  # attempt whose end screen readers are to be told
    asked: int = 0  # questions so far: what was typed before is told from what is new
    sent: tuple[str, list[DraftImage]] | None = None  # given back when it fails
    given_back: bool = False  # it was, and nothing was sent since
    ahead: Ahead | None = None  # what the browser may ask before a run of the script begins
    caught_up: str | None = None  # what it asked, and a run showed that wasn't its Enter's
    refusal: tuple[AppError, object] | None = None  # and the situation in which it was said
    over: Callable[[], None] | None = field(default=None, repr=False)
    """Asks again all the same, where that was refused for its length."""

    # Whom to ask
    choice: str | None = None
    model_of: str | None = None  # the conversation whose last model was chosen when it was opened
    parameters: Parameters = field(default_factory=Parameters)
    own: list[OwnEndpoint] = field(default_factory=list)
    own_told: OwnTold | None = None
    door_error: tuple[str, AppError] | None = None  # (door, error) of the last test there

    leave_for_chat: bool = False

    def refill(self) -> None:
        """A field that comes up empty gets what was typed, unless something else is put into it."""
        if self.fill is None and self.typed:
            self.fill = self.typed

    def enter(self, conversation_id: str | None) -> None:
        """Go to another conversation (None: a new one); what is in the tray stays."""
        self.conversation_id = conversation_id
        self.edit(None)
        self.edits = {}
        self.sent, self.leaf, self.choices, self.opened = None, None, None, None
        self.shown, self.given_back, self.over = 0, False, None
        self.labelled = self.awaited = None
        self.focus += 1

    def edit(self, question_id: str | None, said: str = "") -> None:
        """A question is being edited from now on (None: none is). What was written of the one
        before is there again when its edit is opened again."""
        if self.editing and question_id and self.editing != question_id:
            self.edits[self.editing] = self.edited
        if question_id:
            said = self.edits.pop(question_id, said)
        self.editing, self.edited = question_id, said

    def refuse(self, error: AppError) -> None:
        """What was wanted wasn't done."""
        self.refusal = error, self._situation()

    @property
    def refused_for(self) -> AppError | None:
        """Why what was wanted last wasn't done, until something is done that counts."""
        said, when = self.refusal or (None, None)
        return said if when == self._situation() else None

    def let_be(self) -> None:
        """Nothing more is to be said of it."""
        self.refusal = self.over = None

    def _situation(self) -> object:
        return self.tried, self.focus, self.choice, [image.id for image in self.draft]
