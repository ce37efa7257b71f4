"""What a session remembers: the one file that touches st.session_state.

Everything is in one dataclass under one key, but for widgets' own values, which Streamlit keeps
under the widgets' keys; `put` and `value` reach those.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from components.access.errors import AccessError
from components.access.person import Person
from components.chat.context import Choice
from components.chat.draft import DraftImage
from components.chat.store import Drift, HistoryFilter
from components.errors import AppError
from components.images import Note
from components.pdf import Pdf
from components.preflight.image_facts import ImageToCheck
from components.providers.base import Parameters
from components.providers.own import OwnEndpoint
from components.sharing.store import Kind
from components.ui.access.current_user import asked_again, identify
from components.ui.compare.page_state import ComparePage
from components.ui.cost.calculator import Calculator

_KEY = "visit"
_TAKEN = 500  # names of files that are remembered; a queue in the browser holds fewer


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
class Drops:
    """What a bar for files has taken. round: number of its uploader; taken: the browser's names of
    the files that are here, newest last; burst: of what came in together last."""

    round: int = 0
    taken: dict[str, None] = field(default_factory=dict)
    burst: str = ""

    def take(self, name: str) -> bool:
        """Whether a file is new; it is known from now on."""
        if name in self.taken:
            return False
        self.taken[name] = None
        while len(self.taken) > _TAKEN:
            del self.taken[next(iter(self.taken))]
        return True


@dataclass(frozen=True)
class Sharing:
    """What the window of links is about. made: the link that was just made, shown this once."""

    kind: Kind
    target_id: str
    made: str = ""
    error: AppError | None = None


@dataclass(frozen=True)
class Errand:
    """For the browser, done once. ticket: to be changed into a cookie; "": the cookie goes."""

    ticket: str = field(default="", repr=False)
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


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


@dataclass
class Session:
    """One browser tab's visit, in memory only.

    id: tells the browser that this memory is another than before. drops: of each bar for files;
    photos: how many the camera has taken.
    proof: a pass, once the shared password was typed; signed_out: the cookie that the tab came with
    counts no more; errand: what its browser is to do with its cookie.
    was: owner whose memory this is, once one is known.
    sent: question and images of the answer in progress, given back when it fails; given_back:
    they are, and nothing was sent since. over: asks again all the same, where
    that was refused for its length.
    brought_back: pages for which what an earlier visit of this tab hadn't sent was asked for; gone:
    names of images that couldn't be brought back; kept: what of them was given to the store.
    fill: text to put into the chat input on the next run.
    model_of: the conversation whose last model was chosen when it was opened. leaf: the branch
    that is shown, None for the newest; editing: the question being edited; aside: the draft that
    waits meanwhile.
    choices: keep, low or drop for the history's images, None before the conversation is read.
    wanted, days: the history's filter; picked: conversations picked there; row_opened: (id, what)
    that is edited in its row; deleted: what the last deletion took, to be undone.
    opened: (message, what) that is unfolded under an answer.
    typed: what stands in the chat's field; below: which is under the page instead of in it;
    asked: questions sent from it, so that what was typed before is told from what is new.
    page: of this run; arrived: the run before was another's.
    sharing: what the window of links is about, while it is open.
    team_opened: (owner, id) of somebody's conversation that is being read.
    seen: the picture that "what the model sees" is about to show.
    faq_asked: slug that the FAQ's address had; faq_open: answer unfolded at first; faq_jumps: how
    often one was jumped to; faq_told: files that were tried there, with what is to be said of them,
    faq_untried: how many were too many to be.
    hurry: this run shows the first words of an answer.
    ended: somebody else's began in its place.
    last: what a run does when everything is drawn; it may take as long as an answer.
    """

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    lang: str = "en"
    lang_known: bool = False
    proof: str = field(default="", repr=False)
    signed_out: bool = False
    errand: Errand | None = None
    was: str | None = None
    conversation_id: str | None = None
    draft: list[DraftImage] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    photos: int = 0
    drops: dict[str, Drops] = field(default_factory=dict)
    choice: str | None = None
    parameters: Parameters = field(default_factory=Parameters)
    sent: tuple[str, list[DraftImage]] | None = None
    given_back: bool = False
    over: Callable[[], None] | None = field(default=None, repr=False)
    brought_back: set[str] = field(default_factory=set)
    gone: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)
    fill: str | None = None
    error: AppError | None = None
    shown: int = 0
    leaf: str | None = None
    model_of: str | None = None
    editing: str | None = None
    aside: list[DraftImage] = field(default_factory=list)
    choices: dict[str, Choice] | None = None
    opened: tuple[str, str] | None = None
    wanted: HistoryFilter = field(default_factory=HistoryFilter)
    days: int = 0
    drift: dict[str, tuple[float, list[Drift]]] = field(default_factory=dict)
    picked: set[str] = field(default_factory=set)
    row_opened: tuple[str, str] | None = None
    deleted: list[str] = field(default_factory=list)
    imports: int = 0
    imported: str = ""
    own: list[OwnEndpoint] = field(default_factory=list)
    own_told: OwnTold | None = None
    pdfs: list[OpenPdf] = field(default_factory=list)
    camera: bool = False
    leave_for_chat: bool = False
    last: Callable[[], None] | None = None
    hurry: bool = False
    calculator: Calculator = field(default_factory=Calculator)
    compare_page: ComparePage = field(default_factory=ComparePage)
    typed: str = ""
    below: bool | None = None
    asked: int = 0
    page: str | None = None
    arrived: bool = True
    seen: ImageToCheck | None = None
    sharing: Sharing | None = None
    team_opened: tuple[str, str] | None = None
    faq_asked: str | None = None
    faq_open: str | None = None
    faq_group: str | None = None
    faq_jumps: int = 0
    faq_untried: int = 0
    ended: bool = False
    faq_told: list[tuple[str, tuple[Note, ...] | AppError]] = field(default_factory=list)

    @property
    def person(self) -> Person:
        """Whose visit it is, found out anew each time: callbacks and fragments run without the
        frame, and nobody goes on who was switched off meanwhile: the run starts anew, and the
        frame says why. Raises AccessError, StoreError."""
        try:
            return identify(proof=self.proof, by_cookie=not self.signed_out)
        except AccessError:
            if self.was is not None:
                st.rerun()
            raise

    @property
    def owner(self) -> str:
        """Id of the person. Raises as `person` does."""
        return self.person.owner

    def still_there(self, *, admin: bool = False) -> Callable[[], Person]:
        """For what is made after a click, outside of every run: gives the person, or raises
        AccessError where access has ended meanwhile. admin: where only admins have it."""
        again = asked_again(proof=self.proof, by_cookie=not self.signed_out)

        def person() -> Person:
            # Signing out puts another session in the place of this one.
            if self.ended:
                raise AccessError("access_sign_in")
            found = again()
            if admin:
                found.must_be_admin()
            return found

        return person

    def enter(self, conversation_id: str | None) -> None:
        """Go to another conversation (None: a new one); what is in the tray stays."""
        if self.editing is not None:
            self.draft, self.aside = self.aside, []
        self.conversation_id = conversation_id
        self.sent, self.leaf, self.editing, self.choices, self.opened = None, None, None, None, None
        self.shown, self.given_back, self.over = 0, False, None


def current_session() -> Session:
    """The visit of whoever's run this is."""
    found: Session | None = st.session_state.get(_KEY)
    if found is None:
        found = st.session_state[_KEY] = Session()
    return found


def forget() -> None:
    """The visit is somebody else's from now on, or nobody's: nothing stays but the language."""
    lang = current_session().lang
    current_session().ended = True
    st.session_state.clear()
    st.session_state[_KEY] = Session(lang=lang, lang_known=True)


def value(key: str) -> object:
    """A widget's value, None where it isn't there."""
    return st.session_state.get(key)


def put(key: str, new: object) -> None:
    """Set a widget's value before it is drawn (a chat input takes text this way)."""
    st.session_state[key] = new


def breathe() -> None:
    """A point at which Streamlit may end this run (Stop, another click, a closed tab)."""
    st.session_state.get(_KEY)
