"""What the model sees: the pixels as sent with the grid, the text that is left, and a loupe."""

import streamlit as st

from components import services
from components.chat.store import StoredImage
from components.errors import AppError
from components.images import make_thumbnail
from components.models import find_model, reference_model
from components.preflight import ImageToCheck, ModelView, draw_view, seen
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.compare.viewer import viewer
from components.ui.streamlit_seam import viewer_transport
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets.money import tokens

_LOUPE_SIDE = 2048  # px of the original beside the view
_LOOK = 1.0  # seconds between two looks at whether the text has been read


def button(picture: ImageToCheck, key: str, *, short: bool = True) -> None:
    """An eye on a thumbnail; `dialog` shows what it opens."""
    st.button(
        text("preflight.ui.see_short" if short else "preflight.ui.see"),
        key=key,
        type="tertiary",
        icon=":material/visibility:",
        on_click=_open,
        args=(picture,),
    )


def logged_button(image: StoredImage, model: str, key: str, facts: str = "") -> None:
    """The same on an image of the store, whose bytes are fetched when it is clicked. facts: of the
    image, said where one points at it."""
    if image.hash is None:
        return
    st.button(
        " · ".join(filter(None, [text("preflight.ui.see_short"), facts])),
        key=key,
        type="tertiary",
        icon=":material/visibility:",
        on_click=_open_logged,
        args=(image, eyes(model)),
    )


def eyes(model: str) -> str:
    """Whose eyes are meant: without a language model, those of the what-if's."""
    return reference_model() if find_model(model).endpoint_kind == "builtin" else model


def _open(picture: ImageToCheck) -> None:
    current_session().seen = picture


def _open_logged(image: StoredImage, model: str) -> None:
    session = current_session()
    kept = services.app().store().conversations.image(session.owner, image.hash or "")
    if kept is None:
        return
    session.seen = ImageToCheck(
        content=kept.content,
        name=image.name,
        model=model,
        detail=image.detail,
        as_is=image.as_is,
        first_frame=image.first_frame,
        digest=bytes.fromhex(kept.hash),
    )


@block("seen")
def dialog() -> None:
    """Draw the window where an eye was clicked. Once a run: Streamlit takes one window."""
    wanted, current_session().seen = current_session().seen, None
    if wanted is not None:
        _window(wanted)


def _window(picture: ImageToCheck) -> None:
    @st.dialog(text("preflight.ui.title", model=picture.model), width="large")
    def window() -> None:
        try:
            _draw(picture)
        except AppError as error:
            errors.show(error)

    window()


def _draw(picture: ImageToCheck) -> None:
    with st.spinner(text("preflight.ui.preparing")):
        view = seen(picture)
    with st.container(key="preview_model_view", gap="small"):
        st.caption(_facts(view, picture))
        sent, beside = st.tabs([text("preflight.ui.sent"), text("preflight.ui.beside")])
        with sent:
            _sent(picture)
        with beside:
            _beside(view, picture)


def _facts(view: ModelView, picture: ImageToCheck) -> str:
    before, now = view.original, view.size
    key = "preflight.ui.same_size" if before == now else "preflight.ui.size"
    parts = [text(key, before=_size(before), now=_size(now))]
    parts.append(f"{len(view.content) / 1000:,.0f} kB")
    squares = view.grid.columns * view.grid.rows if view.grid.side else 0
    if squares:
        parts.append(text("cost.page.squares", n=squares, side=view.grid.side))
    parts.append(text(f"ui.detail.{picture.detail}"))
    return " · ".join(parts)


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]:,} × {size[1]:,}"


def _sent(picture: ImageToCheck) -> None:
    """At true size, with the grid and the text; drawn anew until the text has been read."""
    with st.container(horizontal=True, gap="medium"):
        grid = st.toggle(text("preflight.ui.grid"), value=True, key="seen_grid")
        lines = st.toggle(text("preflight.ui.text"), value=True, key="seen_text")

    def draw() -> None:
        view = seen(picture)
        dark = st.context.theme.type == "dark"
        made = draw_view(view, grid=grid, text=lines, dark=dark)
        with st.container(key="seen_picture"):
            st.image(made, width="content", alt=text("preflight.ui.alt", name=view.name))
        legibility(view)

    st.fragment(draw, run_every=_LOOK if seen(picture).pending else None)()


def legibility(view: ModelView) -> None:
    """How many lines of text are left."""
    with st.container(key="legibility", gap="xxsmall"):
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
