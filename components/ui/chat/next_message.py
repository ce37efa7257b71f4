"""What a question sends and what it costs, in one line, before it is sent."""

from collections.abc import Iterable

from streamlit.delta_generator import DeltaGenerator

from components.chat.draft import DraftImage
from components.chat.estimate import Estimate, estimate, with_question
from components.chat.request import prepare_draft
from components.chat.store import StoredConversation
from components.errors import ImageError
from components.i18n.sentence import joined
from components.images.types import PreparedImage
from components.models import reference_model
from components.tokens import Count
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat.model_picker import Choice
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets.money import money, money_range, thousands, tokens

Pictures = list[tuple[DraftImage, PreparedImage | None]]


def prepared(images: Iterable[DraftImage], choice: Choice) -> Pictures:
    """Images as they would be sent; one that the model can't take is named."""
    found: Pictures = []
    for image in images:
        try:
            found.append((image, prepare_draft(image, choice.model, choice.endpoint)))
        except ImageError as error:
            errors.show(error)
            found.append((image, None))
    return found


def figures(
    choice: Choice, pictures: Pictures, history: StoredConversation | None, question: str = ""
) -> Estimate:
    """What they come to with what goes again. question: where it is known."""
    session = current_session()
    return estimate(
        choice.model,
        pictures,
        session.chat.parameters,
        history,
        question,
        lang=session.lang,
        host=choice.endpoint.host,
    )


@block("chat.estimate")
def show(
    place: DeltaGenerator, choice: Choice, pictures: Pictures, found: Estimate, typed: Count
) -> None:
    """found: `figures` without the question. typed: how long that is by now."""
    if not pictures and not current_session().chat.typed:
        place.empty()  # nothing is there to be sent
        return
    with_it = with_question(found, choice.model, typed.tokens)
    place.caption(summary(choice, pictures, with_it, exact=typed.exact))


def summary(
    choice: Choice,
    pictures: Pictures,
    found: Estimate,
    *,
    exact: bool = True,
) -> str:
    """What the next question sends and costs, in one line. exact: whether its text is counted."""
    parts = []
    if pictures:
        parts.append(counted("ui.cost.images", len(pictures), tokens=tokens(found.new_images)))
    if found.history_image_count:
        parts.append(text("ui.cost.again", tokens=tokens(found.history_images)))
    if choice.endpoint.kind == "builtin":
        return " · ".join([text("ui.cost.free_here"), *_elsewhere(pictures)])
    words = tokens(found.text_tokens)
    parts.append(text("ui.cost.text", tokens=words if exact else text("ui.cost.about", n=words)))
    line = joined(text("ui.cost.next"), " + ".join(parts))
    if len(parts) > 1:
        line += f" = {_whole(found)}"
    if found.cost is None:
        line += f" · {money(None)}"
    else:
        line += f" · {text('ui.cost.and_answer', cost=money_range(found.cost, found.at_most))}"
    line += _share(found.known, choice.info.context)
    like = choice.info.like or (found.price.assumed if found.price else "")
    return f"{line} · {text('ui.model.assumed', like=like)}" if like else line


def _whole(found: Estimate) -> str:
    if found.total is None:
        return text("ui.cost.at_least", tokens=tokens(found.known))
    return text("ui.cost.whole", tokens=tokens(found.total, found.tolerance))


def _share(known: int, context: int | None) -> str:
    """How much of the context it fills, from one hundredth on."""
    if not context or known / context < 0.01:
        return ""
    share = text("ui.cost.context", share=known / context, context=thousands(context))
    return f" · {share}"


def _elsewhere(pictures: Pictures) -> list[str]:
    """What the same would cost with a language model: the what-if of a session without a key."""
    model = reference_model()
    if not pictures or not model:
        return []
    found = estimate(
        model, [(image, None) for image, _ in pictures], current_session().chat.parameters, None
    )
    return [
        text(
            "ui.cost.elsewhere",
            model=model,
            tokens=tokens(found.total, found.tolerance),
            cost=money(found.cost),
        )
    ]
