"""The pictures in the tray: what each is, how it is sent, what it costs, away with one click."""

import streamlit as st

from components.chat.draft import DraftImage
from components.chat.estimate import Estimate, image_tokens
from components.images.types import PreparedImage
from components.models import reference_model
from components.text import escape_markdown, short_name
from components.tokens import ImageTokens
from components.ui.app import errors, unsent
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.attachments import tray
from components.ui.chat.model_picker import Choice
from components.ui.preflight import model_view
from components.ui.preflight.drafts import picture_of
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets.money import money, tokens

CARD = 356  # pixels: two side by side in the column, one on a phone


@block("chat.tray")
def row(
    choice: Choice, pictures: list[tuple[DraftImage, PreparedImage | None]], figures: Estimate
) -> None:
    """One card an image."""
    with st.container(horizontal=True, gap="small", key="tray_cards"):
        for position, (image, prepared) in enumerate(pictures):
            cost = figures.image_costs[position]
            price = _price(choice, image, figures.images[position], money(cost))
            with st.container(border=True, width=CARD, gap="xsmall", key=f"card-{image.id}"):
                _card(choice, image, prepared, price)


@block("chat.refusals")
def refusals() -> None:
    """Files that were dropped and can't be used, each with its reason, and images that are gone."""
    unsent.say_gone("chat")
    for position, refused in enumerate(current_session().chat.refused):
        errors.show(refused.error)
        if refused.content is not None:
            st.button(
                text("ui.tray.first_frame"),
                key=f"first-frame-{position}",
                on_click=tray.take_first_frame,
                args=(position,),
            )
    st.button(text("ui.tray.dismiss"), key="dismiss", type="tertiary", on_click=tray.dismiss)


def _card(choice: Choice, image: DraftImage, prepared: PreparedImage | None, price: str) -> None:
    with st.container(horizontal=True, gap="small", wrap=False):
        if image.thumbnail:
            st.image(image.thumbnail, width=68, alt=image.name)
        with st.container(gap=None):
            st.markdown(f"**{escape_markdown(short_name(image.name))}**")
            st.caption(f"{_sizes(image, prepared)}  \n{price}")
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False):
        with st.container(width=112):
            _detail(choice, image)
        with st.container(width="stretch"):
            _more(image, prepared)
        if picture := picture_of(image, model_view.eyes(choice.model), choice.endpoint.host):
            model_view.button(picture, key=f"see-{image.id}")
        # No `help` on buttons here: a button with a tooltip is in the page twice.
        st.button(
            text("ui.tray.remove"),
            key=f"remove-{image.id}",
            type="tertiary",
            on_click=tray.remove,
            args=(image.id,),
        )


def _detail(choice: Choice, image: DraftImage) -> None:
    levels = list(choice.info.details)
    key = f"detail-{image.id}"
    put(key, image.detail if image.detail in levels else levels[0])
    st.selectbox(
        text("ui.tray.detail"),
        levels,
        key=key,
        format_func=lambda level: text(f"ui.detail.{level}"),
        label_visibility="collapsed",
        on_change=_detail_changed,
        args=(image.id, key),
    )


def _more(image: DraftImage, prepared: PreparedImage | None) -> None:
    with st.popover(text("ui.tray.more"), type="tertiary", key=f"more-{image.id}"):
        st.markdown(f"**{escape_markdown(image.name)}**")
        st.caption(text("ui.tray.detail_help"))
        for note in prepared.notes if prepared else ():
            st.markdown(f"- {text(f'images.note.{note.code}', **note.data)}")
        if image.content is None:
            st.markdown(text("ui.tray.url_note"))
            return
        if prepared and not prepared.notes:
            st.markdown(text("ui.tray.unchanged"))
        key = f"as-is-{image.id}"
        put(key, image.as_is)
        st.toggle(
            text("ui.tray.as_is"),
            key=key,
            help=text("ui.tray.as_is_help"),
            on_change=_as_is_changed,
            args=(image.id, key),
        )


def _sizes(image: DraftImage, prepared: PreparedImage | None) -> str:
    if prepared is None:
        return text("ui.tray.size_unknown")
    sent = f"{prepared.width} × {prepared.height}"
    kilobytes = max(1, round(len(prepared.content) / 1000))
    if (prepared.width, prepared.height) == (prepared.original_width, prepared.original_height):
        return f"{sent} · {kilobytes:,} kB"
    before = f"{prepared.original_width} × {prepared.original_height}"
    return f"{before} → {sent} · {kilobytes:,} kB"


def _price(choice: Choice, image: DraftImage, counted: ImageTokens | None, cost: str) -> str:
    if choice.endpoint.kind == "builtin":
        return " · ".join([text("ui.cost.free"), *_elsewhere(image)])
    if not choice.info.vision:
        return text("ui.tray.no_vision")
    if counted is not None and counted.status == "rejected":
        return text("ui.tray.rejected")
    if counted is None or counted.tokens is None:
        return text("ui.cost.unknown")
    return text("ui.tray.price", tokens=tokens(counted.tokens, counted.tolerance), cost=cost)


def _elsewhere(image: DraftImage) -> list[str]:
    """What a language model would bill for the picture: known without any key."""
    model = reference_model()
    counted = image_tokens(model, image, None)
    if counted is None or counted.tokens is None:
        return []
    figure = tokens(counted.tokens, counted.tolerance)
    return [text("ui.tray.elsewhere", model=model, tokens=figure)]


def _detail_changed(image_id: str, key: str) -> None:
    tray.change(image_id, detail=value(key))


def _as_is_changed(image_id: str, key: str) -> None:
    tray.change(image_id, as_is=bool(value(key)))
