"""What the model sees: the pixels as sent with the grid, the text that is left, and a loupe."""

from collections.abc import Callable, Sequence

import streamlit as st

from components import services
from components.chat.store import StoredImage
from components.errors import AppError
from components.images import make_thumbnail
from components.models import find_model, reference_model
from components.preflight import ImageToCheck, ModelView, draw_view, seen
from components.preflight.view import ViewLine
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.compare.viewer import viewer
from components.ui.preflight.state import KeptImage, Seen
from components.ui.streamlit_seam import viewer_transport
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets.money import tokens

_LOUPE_SIDE = 2048  # px of the original beside the view
_LISTED = 200  # lines of text
_LOOK = 1.0  # seconds between two looks at whether the text has been read


def button(opened: Callable[[], Seen], key: str, *, short: bool = True) -> None:
    """An eye on a thumbnail; `dialog` shows what it opens. opened: asked when it is clicked."""
    st.button(
        text("preflight.ui.see_short" if short else "preflight.ui.see"),
        key=key,
        type="tertiary",
        icon=":material/visibility:",
        on_click=_open,
        args=(opened,),
    )


def kept_button(
    images: Sequence[StoredImage], at: int, model: str, key: str, facts: str = ""
) -> None:
    """The same on one of these images of the store, whose bytes are fetched when they are looked
    at; nothing on a URL. facts: of the image, said where one points at it."""
    if images[at].hash is None:
        return
    st.button(
        " · ".join(filter(None, [text("preflight.ui.see_short"), facts])),
        key=key,
        type="tertiary",
        icon=":material/visibility:",
        on_click=_open_kept,
        args=(images, at, eyes(model)),
    )


def eyes(model: str) -> str:
    """Whose eyes are meant: without a language model, those of the what-if's."""
    return reference_model() if find_model(model).endpoint_kind == "builtin" else model


def _open(opened: Callable[[], Seen]) -> None:
    current_session().seen = opened()


def _open_kept(images: Sequence[StoredImage], at: int, model: str) -> None:
    with_bytes = [image for image in images if image.hash]
    at = sum(image.hash is not None for image in images[:at])
    current_session().seen = Seen([KeptImage(image, model) for image in with_bytes], at)


def _picture(wanted: Seen) -> ImageToCheck | None:
    """The one that is shown, with its bytes; None where they are gone. Raises StoreError."""
    found = wanted.among[wanted.at]
    if isinstance(found, ImageToCheck):
        return found
    image = found.image
    kept = services.app().store().conversations.image(current_session().owner, image.hash or "")
    if kept is None:
        return None
    made = ImageToCheck(
        content=kept.content,
        name=image.name,
        model=found.model,
        detail=image.detail,
        as_is=image.as_is,
        first_frame=image.first_frame,
        digest=bytes.fromhex(kept.hash),
    )
    wanted.among[wanted.at] = made
    return made


@block("seen")
def dialog() -> None:
    """Draw the window where an eye was clicked. Once a run: Streamlit takes one window. It stays
    until it is closed, also when the page behind it is drawn anew."""
    session = current_session()
    if session.arrived:
        session.seen = None
    if session.seen and session.seen.among:
        _window(session.seen)


def _close() -> None:
    current_session().seen = None


def _window(wanted: Seen) -> None:
    title = text("preflight.ui.title", model=wanted.among[wanted.at].model)

    @st.dialog(title, width="large", on_dismiss=_close)
    def window() -> None:
        try:
            _draw(wanted)
        except AppError as error:
            errors.show(error)

    window()


def _draw(wanted: Seen) -> None:
    with st.container(key="preview_model_view", gap="small"):
        head = st.container(horizontal=True, vertical_alignment="center", gap="xsmall")
        beside = _choices()
        with head:
            facts = st.empty()
            if len(wanted.among) > 1:
                _arrows(wanted, by_keys=not beside)  # side by side, the keys move the pictures
        picture = _picture(wanted)
        if picture is None:
            st.caption(text("preflight.ui.gone"))
            return
        with st.spinner(text("preflight.ui.preparing")):
            view = seen(picture)
        facts.caption(_facts(view, picture))
        if beside:
            _beside(view, picture)
        else:
            _sent(picture)


def _choices() -> bool:
    """What is drawn; returns whether the original is to be beside it."""
    with st.container(horizontal=True, gap="medium"):
        beside = st.toggle(text("preflight.ui.beside"), key="seen_beside")
        st.toggle(text("preflight.ui.grid"), value=True, key="seen_grid", disabled=beside)
        st.toggle(text("preflight.ui.text"), value=True, key="seen_text", disabled=beside)
    return beside


def _arrows(wanted: Seen, *, by_keys: bool) -> None:
    """To the images before and after it."""
    last = len(wanted.among) - 1
    st.caption(text("preflight.ui.place", n=wanted.at + 1, of=last + 1), width="content")
    for name, step, end in (("previous", -1, 0), ("next", 1, last)):
        st.button(
            text(f"preflight.ui.{name}"),
            key=f"seen_{name}",
            type="tertiary",
            icon=f":material/chevron_{'left' if step < 0 else 'right'}:",
            shortcut=("Left" if step < 0 else "Right") if by_keys else None,
            disabled=wanted.at == end,
            on_click=wanted.go,
            args=(step,),
        )


def _facts(view: ModelView, picture: ImageToCheck) -> str:
    before, now = view.original, view.size
    key = "preflight.ui.same_size" if before == now else "preflight.ui.size"
    parts = [text(key, before=_size(before), now=_size(now))]
    parts.append(f"{len(view.content) / 1000:,.0f} kB")
    squares = view.grid.columns * view.grid.rows if view.grid.side else 0
    if squares:
        parts.append(text("preflight.ui.squares", n=squares, side=view.grid.side))
    parts.append(text("preflight.ui.detail", detail=text(f"ui.detail.{picture.detail}")))
    return " · ".join(parts)


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]:,} × {size[1]:,}"


def _sent(picture: ImageToCheck) -> None:
    """The picture with the grid, and its text in words; drawn anew until the text has been read."""

    def draw() -> None:
        view = seen(picture)
        dark = st.context.theme.type == "dark"
        grid, lines = bool(value("seen_grid")), bool(value("seen_text"))
        with st.container(key="seen_body", gap="small"):
            with st.container(key="seen_picture"):
                made = draw_view(view, grid=grid, text=lines, dark=dark)
                st.image(made, width="content", alt=text("preflight.ui.alt", name=view.name))
            with st.container(key="legibility", gap="xsmall"):
                _legibility(view)

    st.fragment(draw, run_every=_LOOK if seen(picture).pending else None)()


def _legibility(view: ModelView) -> None:
    """How many lines of text are left, and what they say."""
    if view.lines is None:
        pending = "preflight.ui.reading" if view.pending else "preflight.ui.not_read"
        st.caption(f":material/hourglass: {text(pending)}")
        return
    if not view.lines:
        st.caption(text("preflight.ui.no_text"))
        return
    parts = [
        f":green[{text('preflight.ui.read', n=tokens(view.count('read')))}]",
        f":red[{text('preflight.ui.lost', n=tokens(view.count('lost')))}]",
    ]
    if unsure := view.count("unsure"):
        parts.append(text("preflight.ui.unsure", n=tokens(unsure)))
    if view.smallest is not None:
        parts.append(text("preflight.ui.smallest", height=view.smallest))
    if view.pending:
        parts.append(text("preflight.ui.reading"))
    st.markdown(" · ".join(parts))
    st.markdown("\n".join(f"- {_words(line)}" for line in view.lines[:_LISTED]))
    if (more := len(view.lines) - _LISTED) > 0:
        st.caption(text("preflight.ui.more_lines", n=more))


def _words(line: ViewLine) -> str:
    """In the colours of the frames around it."""
    said = escape_markdown(line.text)
    if line.state == "lost":
        return f":red[~~{said}~~]"
    if line.state == "unsure":
        return f":gray[{said}]"
    return f":orange[{said}]" if line.small else said


def _beside(view: ModelView, picture: ImageToCheck) -> None:
    """The original and the view with linked zoom: the loupe."""
    original = make_thumbnail(picture.content, picture.name, side=_LOUPE_SIDE)
    viewer(
        viewer_transport.ViewerImage(
            text("preflight.ui.original"), view.name, original, view.original
        ),
        viewer_transport.ViewerImage(text("preflight.ui.view"), view.name, view.content, view.size),
        view.content,
        None,
        (),
        key="seen_loupe",
        mode="side",
    )
