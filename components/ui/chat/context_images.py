"""The strip of images in this conversation: each goes again with every turn, unless one decides.

The API keeps nothing. For each image: what it costs per turn with the model chosen now, and keep,
low detail or drop; below it what the turns to come will cost.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import streamlit as st

from components import services
from components.chat.context import Carried, Choice, carried, image_key
from components.chat.context import logged_image_tokens as count
from components.chat.estimate import Estimate, estimate
from components.chat.store import StoredConversation, StoredImage
from components.pricing import cost, price_of
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.chat import model_picker as models
from components.ui.preflight import model_view
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets.money import money, tokens

TURNS = 8  # to come, whose cost is told
_CHOICES: tuple[Choice, ...] = ("keep", "low", "drop")


def goes_again(
    conversation: StoredConversation | None, model: str, host: str = ""
) -> Carried | None:
    """What the next request to `model` at `host` carries of the path that is shown."""
    if conversation is None:
        return None
    session = current_session()
    if session.chat.choices is None:
        session.chat.choices = _kept_choices(conversation)
    return carried(conversation, model, session.chat.choices, host)


@block("chat.strip")
def show(conversation: StoredConversation | None, goes: Carried, model: models.Choice) -> None:
    """Say what doesn't fit, and draw the strip, folded, where the conversation has images.

    goes: what `goes_again` said of this conversation.
    """
    pictures = _pictures(conversation)
    if goes.left_out:
        said = counted("ui.strip.trimmed", goes.left_out, model=model.model)
        st.caption(f":material/content_cut: {said}")
    if goes.blind:
        st.caption(f":material/hide_image: {text('ui.strip.blind', model=model.model)}")
    if not pictures:
        return
    figures = estimate(model.model, [], current_session().chat.parameters, goes.history)
    chosen = current_session().chat.choices or {}
    decided = goes.left_out or goes.blind or any(chosen.get(key) == "drop" for key, _ in pictures)
    if not figures.history_image_count and not decided:
        return  # of questions that got no answer, and don't go again
    with st.popover(_title(figures, len(pictures)), type="tertiary", key="context_strip"):
        st.caption(text("ui.strip.about"))
        with st.container(horizontal=True, gap="small"):
            for n in range(len(pictures)):
                _card(pictures, n, model.model)
        costs = turns_to_come(goes.history, figures, model.model)
        if costs:
            st.caption(text("ui.strip.curve", n=TURNS, cost=money(sum(costs, Decimal(0)))))


def _title(figures: Estimate, of: int) -> str:
    n, again = figures.history_image_count, tokens(figures.history_images)
    if n < of:
        return text("ui.strip.title_some", n=n, of=of, tokens=again)
    return counted("ui.strip.title", n, tokens=again)


def _pictures(conversation: StoredConversation | None) -> list[tuple[str, StoredImage]]:
    found = conversation.messages if conversation else ()
    return [
        (image_key(m.id, n), image)
        for m in found
        if m.role == "user"
        for n, image in enumerate(m.images)
    ]


def _kept_choices(conversation: StoredConversation) -> dict[str, Choice]:
    """What was chosen when the last question was asked: kept with its attempt."""
    attempts = [m.attempt for m in conversation.messages if m.attempt]
    kept = attempts[-1].parameters.get("context") if attempts else None
    found = kept.items() if isinstance(kept, dict) else ()
    return {str(key): chosen for key, chosen in found if chosen in _CHOICES}


def _card(pictures: Sequence[tuple[str, StoredImage]], at: int, model: str) -> None:
    key, image = pictures[at]
    chosen = _chosen(key)
    with st.container(border=True, width=208, gap="xsmall", key=f"strip-{key.replace(':', '-')}"):
        thumbnail = (
            services.app().store().conversations.thumbnail(current_session().owner, image.hash)
            if image.hash
            else None
        )
        if thumbnail:
            st.image(thumbnail, width=120, alt=image.name)
        st.caption(f"**{escape_markdown(image.name[:40])}**  \n{_price(image, chosen, model)}")
        widget = f"goes-{key}"
        put(widget, chosen)
        st.segmented_control(
            text("ui.strip.choice"),
            _CHOICES,
            key=widget,
            format_func=lambda c: text(f"ui.strip.{c}"),
            label_visibility="collapsed",
            required=True,
            on_change=_choose,
            args=(key, widget),
        )
        as_sent = [_as_sent(each, _chosen(name)) for name, each in pictures]
        model_view.kept_button(as_sent, at, model, f"see-{widget}")


def _chosen(key: str) -> Choice:
    return (current_session().chat.choices or {}).get(key, "keep")


def _as_sent(image: StoredImage, chosen: Choice) -> StoredImage:
    return replace(image, detail="low") if chosen == "low" else image


def _price(image: StoredImage, chosen: Choice, model: str) -> str:
    if chosen == "drop":
        return text("ui.strip.not_sent")
    counted_as = count(model, _as_sent(image, chosen))
    if counted_as is None or counted_as.tokens is None:
        return text("ui.cost.unknown")
    price = price_of(model)
    per_turn = cost(price, input=counted_as.tokens) if price else None
    figure = tokens(counted_as.tokens, counted_as.tolerance)
    return text("ui.strip.per_turn", tokens=figure, cost=money(per_turn))


def turns_to_come(history: StoredConversation, figures: Estimate, model: str) -> Sequence[Decimal]:
    """Cost in USD of the input of each of the next TURNS turns; empty when it isn't known.

    figures: of the history alone. Assumes questions and answers as long as they were on average,
    and no new images.
    """
    price = price_of(model)
    if price is None or figures.total is None or not history.messages:
        return []
    turns = max(1, sum(1 for m in history.messages if m.role == "user"))
    grows = figures.text_tokens // turns
    found = [cost(price, input=figures.total + grows * n) for n in range(TURNS)]
    return [c for c in found if c is not None]


def _choose(key: str, widget: str) -> None:
    session = current_session()
    chosen = value(widget)
    if chosen in _CHOICES:
        session.chat.choices = {**(session.chat.choices or {}), key: chosen}
