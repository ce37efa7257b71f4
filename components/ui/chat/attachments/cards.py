"""The images of a draft as thumbnails: what each is, how it is sent, what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.chat.draft import DraftImage
from components.chat.estimate import Estimate, image_tokens
from components.images.types import PreparedImage
from components.models import reference_model
from components.preflight import Finding
from components.text import escape_markdown, short_name
from components.tokens import ImageTokens
from components.ui.app import errors, unsent
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.attachments import tray
from components.ui.chat.model_picker import Choice
from components.ui.preflight import chat, findings, model_view
from components.ui.preflight.drafts import seen_of
from components.ui.preflight.state import Seen
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets.money import money, tokens

SIDE = 64  # pixels of a thumbnail


@block("chat.tray", dict)
def row(
    choice: Choice,
    pictures: list[tuple[DraftImage, PreparedImage | None]],
    figures: Estimate,
    found: Sequence[Finding],
) -> dict[str, DeltaGenerator]:
    """One thumbnail an image, each opening what is to be known of it. found: what pre-flight says.

    Returns the places of the signs that there is a finding, by the images' ids.
    """
    dots = {}
    known = [image.id for image, _ in pictures if image.content is not None]  # as findings count
    with st.container(horizontal=True, gap=None, wrap=False, key="tray_cards"):
        for position, (image, prepared) in enumerate(pictures):
            about = _About(
                image,
                prepared,
                counted=figures.images[position],
                cost=money(figures.image_costs[position]),
                found=[f for f in found if f.image is not None and known[f.image] == image.id],
                place=position,
                of=len(pictures),
            )
            with st.container(width=SIDE, gap=None, key=f"card-{image.id}"):
                dots[image.id] = _card(choice, about)
    return dots


@dataclass(frozen=True)
class _About:
    """An image of the draft, and what is known of it. place: from 0, among `of`."""

    image: DraftImage
    prepared: PreparedImage | None
    counted: ImageTokens | None
    cost: str
    found: list[Finding]
    place: int
    of: int


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


def _card(choice: Choice, about: _About) -> DeltaGenerator:
    """Returns the place of its dot."""
    image, name = about.image, escape_markdown(short_name(about.image.name))
    price = _price(choice, about)
    if image.thumbnail:
        st.image(image.thumbnail, width=SIDE, alt=image.name)
    else:
        st.markdown(":material/link:")
    with st.container(key=f"badge-{image.id}"):
        st.caption(_badge(choice, about))
    dot = st.empty()
    with st.popover(text("ui.tray.open", name=name, price=price), key=f"thumb-{image.id}"):
        _details(choice, about, price)
    # No `help` on buttons here: a button with a tooltip is in the page twice.
    st.button(
        text("ui.tray.remove_named", name=name),
        key=f"remove-{image.id}",
        type="tertiary",
        icon=":material/close:",
        on_click=tray.remove,
        args=(image.id,),
    )
    return dot


def _details(choice: Choice, about: _About, price: str) -> None:
    image, prepared = about.image, about.prepared
    st.markdown(f"**{escape_markdown(image.name)}**")
    st.caption(f"{_sizes(image, prepared)}  \n{price}")
    _detail(choice, image)
    notes = [text(f"images.note.{n.code}", **n.data) for n in (prepared.notes if prepared else ())]
    if image.content is None:
        notes.append(text("ui.tray.url_note"))
    elif prepared and not notes:
        notes.append(text("ui.tray.unchanged"))
    for note in notes:
        st.caption(note)
    here = [replace(finding, image=0) for finding in about.found]
    apply = partial(chat.carry_out, image)
    findings.show(here, [image.name], apply, where=f"chat-{image.id}", at_once=len(here))
    if image.content is not None:
        key = f"as-is-{image.id}"
        put(key, image.as_is)
        st.toggle(
            text("ui.tray.as_is"),
            key=key,
            help=text("ui.tray.as_is_help"),
            on_change=_as_is_changed,
            args=(image.id, key),
        )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if image.content is not None:
            opened = partial(_seen, image.id, model_view.eyes(choice.model), choice.endpoint.host)
            model_view.button(opened, key=f"see-{image.id}", short=False)
        if about.of > 1:
            _move(about)


def _seen(image_id: str, model: str, host: str) -> Seen:
    return seen_of(current_session().chat.draft, image_id, model, host)


def _move(about: _About) -> None:
    """For hands that can't drag."""
    for name, step, end in (("earlier", -1, 0), ("later", 1, about.of - 1)):
        st.button(
            text(f"ui.tray.{name}"),
            key=f"{name}-{about.image.id}",
            type="tertiary",
            icon=f":material/arrow_{'back' if step < 0 else 'forward'}:",
            disabled=about.place == end,
            on_click=tray.move,
            args=(about.image.id, step),
        )


def _detail(choice: Choice, image: DraftImage) -> None:
    levels = list(choice.info.details)
    key = f"detail-{image.id}"
    put(key, image.detail if image.detail in levels else levels[0])
    st.segmented_control(
        text("ui.tray.detail"),
        levels,
        key=key,
        format_func=lambda level: text(f"ui.detail.{level}"),
        help=text("ui.tray.detail_help"),
        required=True,
        on_change=_detail_changed,
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


def _price(choice: Choice, about: _About) -> str:
    counted = about.counted
    if choice.endpoint.kind == "builtin":
        return " · ".join([text("ui.cost.free"), *_elsewhere(about.image)])
    if not choice.info.vision:
        return text("ui.tray.no_vision")
    if counted is not None and counted.status == "rejected":
        return text("ui.tray.rejected")
    if counted is None or counted.tokens is None:
        return text("ui.cost.unknown")
    figure = tokens(counted.tokens, counted.tolerance)
    return text("ui.tray.price", tokens=figure, cost=about.cost)


def _badge(choice: Choice, about: _About) -> str:
    """What it costs, or its tokens where nobody knows a price; "?" where not even those."""
    if choice.endpoint.kind == "builtin":
        return text("ui.cost.free")
    if about.counted is None or about.counted.tokens is None or not choice.info.vision:
        return "?"
    if about.cost == money(None):
        return tokens(about.counted.tokens)
    return about.cost


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
