"""What the chat asks of a log: a small Protocol that db fulfils, and its value types.

Every call takes the owner first, and every query filters by it. Ids are made by the client
(`new_id`), so a repeated write is harmless. Times are aware datetimes in UTC. A row that is
foreign looks exactly like one that isn't there: None, or nothing done.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal, Protocol

Outcome = Literal[
    "running", "ok", "stopped", "interrupted", "failed", "filtered", "length", "truncated"
]
Restored = Literal["new", "known", "conflict"]
LAST = "last"
STALE_AFTER = 15.0  # seconds without a heartbeat after which a running answer is interrupted
MAX_TITLE = 200  # characters
MAX_TAG = 40


def new_id() -> str:
    """32 hex digits, unique and not to be guessed."""
    return uuid.uuid4().hex


@dataclass(frozen=True)
class LoggedImage:
    """An image of a message. hash: sha256 of the original bytes, in hex, or None for a URL image.

    width, height: pixels as sent (None when unknown); original_*: upright, before shrinking.
    tokens: estimate for this image, None when unknown. position: its place in the message.
    """

    hash: str | None
    name: str
    detail: str
    width: int | None
    height: int | None
    original_width: int | None
    original_height: int | None
    tokens: int | None
    url: str | None = None
    as_is: bool = False
    first_frame: bool = False


@dataclass(frozen=True)
class NewImage:
    """Bytes to keep once per owner. hash: sha256 of content; thumbnail: small WebP or JPEG.

    text: what was read from the picture, for the search; "" when nothing was.
    """

    hash: str
    content: bytes = field(repr=False)
    media_type: str
    thumbnail: bytes = field(repr=False)
    text: str = ""


@dataclass(frozen=True)
class NewTurn:
    """A question and the answer that is about to run: one write, all or nothing.

    The conversation is made if it isn't there; title is used only then. parent_id: the message
    that the question follows; None begins the conversation anew (a branch), LAST means the message
    written last. A question or answer whose id is there already is not written again.
    estimated_*: what was shown before sending (None = unknown). prices: the price book entry at
    this time, as JSON-able data with decimal strings, {} when unknown. parameters: JSON-able,
    never a key.
    """

    conversation_id: str
    title: str
    user_message_id: str
    answer_message_id: str
    attempt_id: str
    text: str
    images: Sequence[LoggedImage]
    contents: Sequence[NewImage]
    endpoint: str
    host: str
    model: str
    parameters: dict[str, object]
    estimated_input_tokens: int | None
    estimated_cost: Decimal | None
    prices: dict[str, str]
    started_at: datetime
    parent_id: str | None = LAST


@dataclass(frozen=True)
class AttemptResult:
    """How an answer ended. cost in USD, None when unknown; ms since the request was submitted.

    streamed: whether the answer came as a stream, None when no answer came.
    """

    outcome: Outcome
    text: str
    model_answered: str | None = None
    finish_reason: str | None = None
    code: str | None = None  # an AppError's code when it failed
    status: int | None = None
    request_id: str | None = None
    attempts: int = 1
    ms_first: int | None = None
    ms_total: int | None = None
    usage_source: Literal["reported", "estimated", "none"] = "none"
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost: Decimal | None = None
    left_out: tuple[str, ...] = ()
    error_data: dict[str, str] = field(default_factory=dict)
    streamed: bool | None = None


@dataclass(frozen=True)
class LoggedAttempt:
    """One try at an answer, as it stands in the log (running and stale reads as interrupted)."""

    id: str
    endpoint: str
    host: str
    model: str
    parameters: dict[str, object]
    started_at: datetime
    estimated_input_tokens: int | None
    estimated_cost: Decimal | None
    prices: dict[str, str]
    result: AttemptResult


@dataclass(frozen=True)
class LoggedMessage:
    """A message as it stands in the log; answers have an attempt, questions have images.

    parent_id: the message this one follows. earlier: attempts before the latest, oldest first.
    """

    id: str
    role: Literal["user", "assistant"]
    text: str
    created_at: datetime
    images: tuple[LoggedImage, ...] = ()
    attempt: LoggedAttempt | None = None
    parent_id: str | None = None
    earlier: tuple[LoggedAttempt, ...] = ()


@dataclass(frozen=True)
class LoggedConversation:
    """A whole conversation, messages in order."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    messages: tuple[LoggedMessage, ...]
    starred: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConversationSummary:
    """A row of the history. cost: sum of what is known, in USD; cost_known: nothing is missing."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    model: str
    messages: int
    images: int
    cost: Decimal
    cost_known: bool
    running: bool
    first_image: str | None  # hash
    starred: bool = False
    tags: tuple[str, ...] = ()  # in alphabetical order


@dataclass(frozen=True)
class HistoryFilter:
    """Which conversations: those for which all of this holds. None, "" and () ask for nothing.

    text: every word of it stands somewhere in the title, the messages or the images' texts.
    models: one of them was asked. since <= last change < until. tag: has exactly this one.
    min_cost, max_cost: USD, inclusive, of what costs are known.
    """

    text: str = ""
    models: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    with_images: bool | None = None
    starred: bool | None = None
    tag: str | None = None
    min_cost: Decimal | None = None
    max_cost: Decimal | None = None


@dataclass(frozen=True)
class Drift:
    """How bills and estimates of input tokens compare over some answers of a model.

    detail: of the question's images, "low+high" for a mix, "text" without images.
    """

    model: str
    detail: str
    answers: int
    estimated: int
    billed: int

    @property
    def share(self) -> float:
        """0.05: bills were 5 % over the estimates."""
        return self.billed / self.estimated - 1


class Log(Protocol):
    """The conversation log. Blocking: call it from threads, never from an event loop.

    Raises LogError when the store can't be read or written.
    """

    def begin_turn(self, owner: str, turn: NewTurn) -> None: ...

    def progress(self, owner: str, attempt_id: str, text: str) -> None:
        """The answer so far, and a heartbeat. Without effect once the attempt has ended."""
        ...

    def finish(self, owner: str, attempt_id: str, result: AttemptResult) -> None: ...

    def conversation(self, owner: str, conversation_id: str) -> LoggedConversation | None: ...

    def conversations(
        self, owner: str, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """Newest first, by last change."""
        ...

    def count(self, owner: str) -> int: ...

    def image(self, owner: str, image_hash: str) -> NewImage | None: ...

    def thumbnail(self, owner: str, image_hash: str) -> bytes | None: ...

    def search(
        self, owner: str, wanted: HistoryFilter, *, limit: int = 50, offset: int = 0
    ) -> list[ConversationSummary]:
        """What of the history fits, newest first, by last change."""
        ...

    def count_matching(self, owner: str, wanted: HistoryFilter) -> int: ...

    def models_used(self, owner: str) -> list[str]:
        """Every model that was asked in a conversation that is there, in alphabetical order."""
        ...

    def tags(self, owner: str) -> dict[str, int]:
        """How many conversations have each tag, in alphabetical order."""
        ...

    def drift(self, owner: str, model: str) -> list[Drift]:
        """Estimates against bills of the latest answers of a model, by detail."""
        ...

    def star(self, owner: str, conversation_ids: Sequence[str], starred: bool = True) -> int:
        """How many there were to be changed. No last change is moved by this or what follows."""
        ...

    def rename(self, owner: str, conversation_id: str, title: str) -> bool:
        """False when there is none, or the title is blank. One line, 200 characters at most."""
        ...

    def tag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """How many have it now that hadn't. One line, 40 characters at most."""
        ...

    def untag(self, owner: str, conversation_ids: Sequence[str], tag: str) -> int:
        """How many had it."""
        ...

    def set_image_text(self, owner: str, image_hash: str, text: str) -> bool:
        """Keep what was read from an image, so that it is found. False when there is none."""
        ...

    def restore(
        self, owner: str, conversation: LoggedConversation, contents: Sequence[NewImage]
    ) -> Restored:
        """Write a conversation from elsewhere under the owner, its ids kept.

        "known": there is one of that id; nothing of it changes, but that a deletion is undone.
        "conflict": another conversation has a message or attempt of these ids; nothing is done.
        Raises ValueError when an image's bytes are neither in contents nor in the log.
        """
        ...

    def delete(self, owner: str, conversation_id: str) -> bool:
        """Delete a conversation; it can be undone until it is purged.

        False when there is none (or it is somebody else's)."""
        ...

    def delete_many(self, owner: str, conversation_ids: Sequence[str]) -> list[str]:
        """The ids of those that were there and aren't any more, for undo_delete."""
        ...

    def undo_delete(self, owner: str, conversation_ids: Sequence[str]) -> int:
        """How many came back."""
        ...

    def purge(self, owner: str, older_than: timedelta = timedelta(0)) -> int:
        """Remove for ever what was deleted that long ago, and its images that no other
        conversation of the owner shows. How many conversations these were."""
        ...

    def purge_all(self, older_than: timedelta) -> int:
        """The same for everybody."""
        ...
