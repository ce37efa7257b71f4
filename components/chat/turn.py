"""One question asked: prepare, estimate, keep and send."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from components.chat.context import Choices
from components.chat.draft import DraftImage
from components.chat.estimate import Estimate, estimate
from components.chat.request import draft_parts, history_messages, prepare_draft
from components.chat.running.answers import Answers, ChatError
from components.chat.running.job import Job
from components.chat.store import (
    LAST,
    ConversationStore,
    NewImage,
    NewTurn,
    StoredConversation,
    StoredImage,
    new_id,
)
from components.images.types import PreparedImage
from components.models import find_model
from components.pricing import to_data
from components.providers.base import Message, Parameters, VisionClient, VisionRequest
from components.providers.endpoints import Endpoint
from components.spending import charge_of
from components.spending.store import Charge

TITLE_LENGTH = 60


@dataclass(frozen=True)
class Question:
    """What a person asks, of whom, and how."""

    text: str
    images: Sequence[DraftImage]
    endpoint: Endpoint
    model: str
    parameters: Parameters
    lang: str


@dataclass(frozen=True)
class Place:
    """Where in the tree of a conversation a question stands.

    parent_id: the message it follows (LAST: the one written last; None: it begins a branch at the
    root). question_id: a question that is there already and is answered once more; answer_id: an
    answer that failed and is tried again. choices: what was chosen for the history's images, kept
    with the attempt.
    """

    parent_id: str | None = LAST
    question_id: str | None = None
    answer_id: str | None = None
    choices: Choices = field(default_factory=dict)


def title_of(text: str) -> str:
    """A conversation's title from its first question: one line, at most TITLE_LENGTH letters."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def ask(
    answers: Answers,
    store: ConversationStore,
    owner: str,
    question: Question,
    make: Callable[[], VisionClient],
    conversation_id: str,
    history: StoredConversation | None,
    place: Place = Place(),
    *,
    confirmed: bool = True,
) -> Job:
    """Send a question; the job streams its answer.

    history: what goes with it (see components.chat.context.carried). confirmed: whether it is to
    be sent although it is longer than what the model can read.

    Raises ImageError, ChatError, SpendingError, QuotaError or StoreError before anything is sent;
    what happens later is the job's result. make gives the endpoint's client on the runner's loop.
    """
    check(question)
    endpoint, model = question.endpoint, question.model
    prepared = [prepare_draft(image, model, endpoint) for image in question.images]
    figures = estimate(
        model,
        list(zip(question.images, prepared, strict=True)),
        question.parameters,
        history,
        question.text,
        question.lang,
        endpoint.host,
    )
    if not confirmed:
        _check_length(model, figures)
    earlier = history_messages(store, owner, history, model, endpoint) if history else []
    parts = draft_parts(question.images, prepared)
    request = VisionRequest(
        model=model,
        messages=(*earlier, Message("user", question.text, parts)),
        parameters=question.parameters,
        lang=question.lang,
    )
    turn = _turn(question, prepared, figures, conversation_id, place)
    if budget := answers.runner.budget:
        budget.make_room(owner, [(c.hash, len(c.content)) for c in turn.contents])
    return answers.submit(owner, turn, request, make, _charge(question, figures, turn))


def check(question: Question) -> None:
    """Raise ChatError for a question that can't be sent."""
    if not question.text.strip():
        raise ChatError("nothing_to_ask")
    if question.images and not find_model(question.model).vision:
        raise ChatError("no_vision", model=question.model)
    with_url = [i.name for i in question.images if i.url]
    if with_url and not question.endpoint.public_urls:
        raise ChatError("url_not_possible", name=with_url[0], endpoint=question.endpoint.name)


def _check_length(model: str, figures: Estimate) -> None:
    """Raise ChatError("over_context") for more than the model can read."""
    window = find_model(model).context
    if window is not None and figures.known > window:
        tokens, limit = f"{figures.known:,}", f"{window:,}"
        raise ChatError("over_context", model=model, tokens=tokens, limit=limit)


def _charge(question: Question, figures: Estimate, turn: NewTurn) -> Charge:
    """Images of the history that are sent again count as images, too."""
    return charge_of(
        question.endpoint,
        question.model,
        images=len(question.images) + figures.history_image_count,
        input_tokens=figures.known,
        price=figures.price,
        max_tokens=question.parameters.max_tokens,
        subject=turn.attempt_id,
    )


def _turn(
    question: Question,
    prepared: Sequence[PreparedImage | None],
    figures: Estimate,
    conversation_id: str,
    place: Place,
) -> NewTurn:
    images = [
        _logged(image, sent, tokens.tokens if tokens else None)
        for image, sent, tokens in zip(question.images, prepared, figures.images, strict=True)
    ]
    return NewTurn(
        conversation_id=conversation_id,
        title=title_of(question.text),
        parent_id=place.parent_id,
        user_message_id=place.question_id or new_id(),
        answer_message_id=place.answer_id or new_id(),
        attempt_id=new_id(),
        text=question.text,
        images=images,
        contents=new_images(question.images),
        endpoint=question.endpoint.name,
        host=question.endpoint.host,
        model=question.model,
        parameters=asdict(question.parameters)
        | {"lang": question.lang, "context": dict(place.choices)},
        estimated_input_tokens=figures.total,
        estimated_cost=figures.cost,
        prices=to_data(figures.price),
        started_at=datetime.now(UTC),
    )


def new_images(images: Sequence[DraftImage]) -> list[NewImage]:
    """Those with bytes, as the store keeps them."""
    return [
        NewImage(i.digest, i.content, _media_type(i), i.thumbnail or b"")
        for i in images
        if i.content is not None and i.digest is not None
    ]


def _logged(image: DraftImage, sent: PreparedImage | None, tokens: int | None) -> StoredImage:
    return StoredImage(
        hash=image.digest,
        name=image.name,
        detail=image.detail,
        width=sent.width if sent else None,
        height=sent.height if sent else None,
        original_width=sent.original_width if sent else None,
        original_height=sent.original_height if sent else None,
        tokens=tokens,
        url=image.url,
        as_is=image.as_is,
        first_frame=image.first_frame,
    )


def _media_type(image: DraftImage) -> str:
    return f"image/{image.info.format}" if image.info else "application/octet-stream"
