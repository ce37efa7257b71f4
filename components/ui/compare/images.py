"""The images to be compared, each under its letter, and the ways in."""

from concurrent.futures import Future
from dataclasses import replace
from itertools import islice

import streamlit as st

from components import services
from components.chat.draft import DraftImage, take_in
from components.chat.request import as_draft
from components.chat.store import HistoryFilter
from components.compare.errors import MAX_IMAGES
from components.compare.folder import unpacked
from components.compare.spec import letters
from components.errors import AppError
from components.images.pool import shared_pool
from components.models import reference_model
from components.samples import samples
from components.text import escape_markdown
from components.ui.app import errors, unsent
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare.page_state import ComparePage
from components.ui.preflight.drafts import seen_of
from components.ui.preflight.model_view import eyes
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session, value
from components.ui.usage import quota
from components.ui.widgets import options, when

_RECENT = 20  # conversations to take images from
_THUMB = 75  # px wide; no higher than 56
_ROW = 10  # images with a card each; more are shown small
_SMALL = 75  # px
_MANY_HEIGHT = 210  # px


def compare_page() -> ComparePage:
    return current_session().compare


def lettered(images: list[DraftImage]) -> list[tuple[str, DraftImage]]:
    return list(zip(islice(letters(), len(images)), images, strict=True))


@block("compare.images")
def show() -> None:
    """The row of images, and how to add some."""
    page = compare_page()
    unsent.say_gone("compare")
    for error in page.problems[:5]:
        errors.show(error)
    if page.told:
        st.caption(f":material/check: {page.told}")
    with st.container(
        key="compare_images", gap="small", horizontal=bool(page.images), vertical_alignment="center"
    ):
        if page.images:
            many = len(page.images) > _ROW
            with st.container(
                horizontal=True,
                gap="small",
                key="compare_cards",
                height=_MANY_HEIGHT if many else "content",
                width="stretch" if many else "content",
            ):
                for letter, image in lettered(page.images):
                    (_small_card if many else _card)(letter, image)
        if page.swapping:
            with st.container(horizontal=True, vertical_alignment="center"):
                said = text("compare.images.swapping", letter=page.swapping)
                st.caption(f":material/swap_horiz: {said}", width="stretch")
                st.button(text("compare.images.keep"), type="tertiary", on_click=_stop_swapping)
        with st.container(gap=None, key="compare_drop", width=250 if page.images else "stretch"):
            drop_zone.bar("compare_drop", "compare.drop", _dropped)
        with st.container(
            horizontal=True, gap="small", vertical_alignment="center", width="content"
        ):
            _from_samples()
            _from_conversations()
            if page.images:
                st.button(
                    text("compare.images.clear"),
                    key="compare_clear",
                    icon=":material/delete:",
                    type="tertiary",
                    on_click=_clear,
                )


@block("compare.invitation")
def invitation() -> None:
    """Nothing here yet: what to do, and a pair of samples one click away."""
    st.markdown(text("compare.page.empty"))
    pair = next(sample for sample in samples() if len(sample.files) > 1)
    title = pair.title[current_session().lang]
    with st.container(border=True, width=320, gap="xsmall", key=f"sample_card-{pair.id}"):
        st.markdown(f"![{title}](samples/{pair.id}.webp)")
        st.button(title, key="compare_try", type="tertiary", on_click=_take_sample, args=(pair.id,))


def _card(letter: str, image: DraftImage) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        width="content",
        gap="xxsmall",
        key=f"compare_card-{letter}",
    ):
        if image.thumbnail:
            st.image(image.thumbnail, width=_THUMB, alt=f"{letter}: {image.name}")
        with st.popover(f"**{letter}**", type="tertiary", key=f"compare_about-{letter}"):
            size = f"{image.info.width} × {image.info.height}" if image.info else ""
            st.markdown(f"**{letter}** · {escape_markdown(image.name[:60])}")
            st.caption(size)
            if image.content is not None and image.digest is not None:
                st.button(
                    text("preflight.ui.see"),
                    key=f"compare_see-{letter}",
                    icon=":material/visibility:",
                    type="tertiary",
                    on_click=_see,
                    args=(image,),
                )
            st.button(
                text("compare.images.swap"),
                key=f"compare_swap-{letter}",
                icon=":material/swap_horiz:",
                type="tertiary",
                on_click=_swap,
                args=(letter,),
            )
            st.button(
                text("compare.images.remove"),
                key=f"compare_remove-{letter}",
                icon=":material/close:",
                type="tertiary",
                on_click=_remove,
                args=(image.id,),
            )


def _small_card(letter: str, image: DraftImage) -> None:
    """One of many: few elements, since each costs time on every run."""
    with st.container(width=_SMALL, gap=None, key=f"compare_card-{letter}"):
        if image.thumbnail:
            st.image(image.thumbnail, width=_SMALL, alt=f"{letter}: {image.name}")
        st.menu_button(
            letter,
            ["swap", "remove"],
            key=f"compare_card_menu-{image.id}",
            format_func=lambda what: text(f"compare.images.{what}"),
            type="tertiary",
            help=image.name,
            on_click=_card_menu,
            args=(letter, image.id),
        )


def _card_menu(letter: str, image_id: str) -> None:
    if value(f"compare_card_menu-{image_id}") == "swap":
        _swap(letter)
    else:
        _remove(image_id)


def _from_samples() -> None:
    lang = current_session().lang
    titles = {sample.id: sample.title[lang] for sample in samples()}
    st.menu_button(
        text("compare.images.samples"),
        list(titles),
        key="compare_sample",
        format_func=titles.__getitem__,
        icon=":material/photo_library:",
        type="tertiary",
        on_click=_sample_chosen,
    )


@block("compare.conversations")
def _from_conversations() -> None:
    session = current_session()
    rows = (
        services.app()
        .store()
        .history.page(session.owner, HistoryFilter(with_images=True), limit=_RECENT)
    )
    if not rows:
        return
    titles = options.distinct(
        {row.id: f"{options.cut(row.title)} ({row.images})" for row in rows},
        {row.id: when.minute(row.updated_at) for row in rows},
        markdown=True,
        most=options.MOST + 8,
    )
    st.menu_button(
        text("compare.images.conversations"),
        list(titles),
        key="compare_conversation",
        format_func=titles.__getitem__,
        icon=":material/forum:",
        type="tertiary",
        on_click=_conversation_chosen,
    )


def _dropped(files: drop_zone.Files, goes_on: bool) -> None:
    page = compare_page()
    if not goes_on:
        _forget_told()
    try:
        inside, left_out = unpacked(files, 1 if page.swapping else MAX_IMAGES - len(page.images))
    except AppError as error:
        page.problems.append(error)
        return
    if left_out:
        page.told = counted("compare.images.left_out", left_out)
    take(inside)


def take(files: drop_zone.Files) -> None:
    """Add images; those that can't be used are named, the others stay."""
    page = compare_page()
    files, too_much = quota.fitting(files)
    page.problems += too_much
    looked: list[Future[DraftImage]] = [
        shared_pool().run(take_in, content, name) for name, content in files
    ]
    for future in looked:
        try:
            _add(future.result())
        except AppError as error:
            page.problems.append(error)


def _add(image: DraftImage) -> None:
    page = compare_page()
    if page.swapping:
        page.images = [
            image if letter == page.swapping else old for letter, old in lettered(page.images)
        ]
        page.swapping = None
    elif len(page.images) < MAX_IMAGES:
        page.images.append(image)
    else:
        page.told = text("compare.images.full", n=MAX_IMAGES)


def _sample_chosen() -> None:
    _take_sample(str(value("compare_sample")))


def _take_sample(sample_id: str) -> None:
    sample = next(s for s in samples() if s.id == sample_id)
    page = compare_page()
    _forget_told()
    take(list(sample.pictures()))
    if not page.questions[0]:
        page.questions[0] = sample.question[current_session().lang]


def _conversation_chosen() -> None:
    page, store, owner = compare_page(), services.app().store(), current_session().owner
    _forget_told()
    found = store.conversations.conversation(owner, str(value("compare_conversation")))
    known = {image.digest for image in page.images}
    for message in found.messages if found else ():
        for image in message.images:
            if image.hash in known or image.hash is None:
                continue
            known.add(image.hash)
            try:
                draft = as_draft(store.conversations, owner, image)
            except AppError as error:
                page.problems.append(error)
                continue
            if draft:
                _add(draft)


def _see(image: DraftImage) -> None:
    """What the first of the chosen models sees of it."""
    chosen = compare_page().models
    model = chosen[0].partition("/")[2] if chosen else reference_model()
    images = [with_detail(each) for each in compare_page().images]
    current_session().seen = seen_of(images, image.id, eyes(model))


def _forget_told() -> None:
    page = compare_page()
    page.problems, page.told = [], ""
    current_session().gone.pop("compare", None)


def _swap(letter: str) -> None:
    compare_page().swapping = letter


def _stop_swapping() -> None:
    compare_page().swapping = None


def _remove(image_id: str) -> None:
    page = compare_page()
    page.images = [image for image in page.images if image.id != image_id]
    page.swapping = None


def _clear() -> None:
    page = compare_page()
    page.images, page.swapping = [], None
    _forget_told()


def with_detail(image: DraftImage) -> DraftImage:
    return replace(image, detail=compare_page().detail)
