"""What a session remembers: the one file that touches st.session_state.

It is one dataclass under one key, made of the pages' own states, each defined in its room. Widgets'
own values are kept by Streamlit under the widgets' keys; `put` and `value` reach those.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import streamlit as st

from components.access.errors import AccessError
from components.access.person import Person
from components.errors import AppError
from components.sharing.store import Kind
from components.text import mended
from components.ui.access.current_user import asked_again, identify
from components.ui.cases.run_state import RunState
from components.ui.cases.state import CasesState
from components.ui.chat.state import ChatState
from components.ui.compare.page_state import ComparePage
from components.ui.cost.calculator import Calculator
from components.ui.faq.state import FaqState
from components.ui.history.state import HistoryState
from components.ui.preflight.state import Seen

_KEY = "session"
_TAKEN = 500  # names of files that are remembered; a queue in the browser holds fewer


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
class Session:
    """One browser tab's session, in memory only: what every page needs, and each page's own."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    """Tells the browser that this memory is another than before."""
    lang: str = "en"
    lang_known: bool = False

    # Who it is
    proof: str = field(default="", repr=False)  # a pass, once the shared password was typed
    signed_out: bool = False  # the cookie that the tab came with counts no more
    errand: Errand | None = None
    was: str | None = None  # owner whose memory this is, once one is known
    ended: bool = False  # somebody else's began in its place

    # This run
    page: str | None = None
    window_title: str = ""  # of the browser's tab
    not_found: str = ""  # the address that was asked for and that no page has
    arrived: bool = True  # the run before was another page's
    hurry: bool = False  # shows the first words of an answer
    last: Callable[[], None] | None = None
    """What a run does when everything is drawn; it may take as long as an answer."""
    error: AppError | None = None
    told: tuple[int, str] = (0, "")  # to screen readers: what number, and what

    # What pages share
    drops: dict[str, Drops] = field(default_factory=dict)  # of each bar for files
    brought_back: set[str] = field(default_factory=set)
    """Pages for which what an earlier session of this tab hadn't sent was asked for."""
    gone: dict[str, list[str]] = field(default_factory=dict)
    """Names of images that couldn't be brought back."""
    kept: dict[str, object] = field(default_factory=dict)  # what of them was given to the store
    seen: Seen | None = None  # that "what the model sees" is about to show
    sharing: Sharing | None = None  # while the window of links is open

    chat: ChatState = field(default_factory=ChatState)
    history: HistoryState = field(default_factory=HistoryState)
    compare: ComparePage = field(default_factory=ComparePage)
    cases: CasesState = field(default_factory=CasesState)
    case_runs: RunState = field(default_factory=RunState)
    cost: Calculator = field(default_factory=Calculator)
    faq: FaqState = field(default_factory=FaqState)

    @property
    def person(self) -> Person:
        """Whose session it is, found out anew each time: callbacks and fragments run without the
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


def current_session() -> Session:
    """The session of whoever's run this is."""
    found: Session | None = st.session_state.get(_KEY)
    if found is None:
        found = st.session_state[_KEY] = Session()
    return found


def forget() -> None:
    """The session is somebody else's from now on, or nobody's: nothing stays but the language."""
    lang = current_session().lang
    current_session().ended = True
    st.session_state.clear()
    st.session_state[_KEY] = Session(lang=lang, lang_known=True)


def value(key: str) -> object:
    """A widget's value, None where it isn't there. What a script of the browser said is JSON, with
    texts that anybody could have written: whole characters come out of here."""
    found = st.session_state.get(key)
    return _whole(found) if isinstance(found, Mapping) else found


def _whole(said: object) -> object:
    if isinstance(said, str):
        return mended(said)
    if isinstance(said, Mapping):
        return {_whole(name): _whole(each) for name, each in said.items()}
    return [_whole(each) for each in said] if isinstance(said, list) else said


def put(key: str, new: object) -> None:
    """Set a widget's value before it is drawn (a chat input takes text this way)."""
    st.session_state[key] = new


def breathe() -> None:
    """A point at which Streamlit may end this run (Stop, another click, a closed tab)."""
    st.session_state.get(_KEY)
