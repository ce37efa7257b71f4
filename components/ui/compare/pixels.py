"""Two images without a model: what differs in their pixels and in their text."""

from dataclasses import dataclass, field

import streamlit as st

from components.chat.draft import DraftImage
from components.errors import AppError
from components.images import make_thumbnail
from components.images.pool import shared_pool
from components.pixels.types import Alignment
from components.text import escape_markdown
from components.texts import LineDifference, Segment
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare.images import compare_page, lettered
from components.ui.compare.viewer import viewer
from components.ui.compare.widget_state import keep
from components.ui.streamlit_seam.session import current_session, value
from components.ui.streamlit_seam.viewer_transport import ViewerImage

_SIDE = 1600  # px of the pictures in the viewer
_REGIONS = 8  # told in words
_IN_LINE = ("ssim", "share")
_EXPLAINED = ("ssim", "share", "mean")
_LETTERS = 10  # side by side; more are listed
_LINES = 200  # of text, shown


@dataclass(frozen=True)
class View:
    """What the pixel view shows: figures, pictures, boxes. why: they can't be laid over. specks:
    single pixels that stand out where there are no boxes; shrunk: compared smaller than A is."""

    identical: str
    figures: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, dict[str, object]], ...]
    why: str
    boxes: tuple[tuple[int, int, int, int], ...]
    more: int
    specks: int
    shrunk: bool
    first: bytes = field(repr=False)
    second: bytes = field(repr=False)
    aligned: bytes | None = field(repr=False)
    heat: bytes | None = field(repr=False)


@block("compare.pixels")
def show() -> None:
    """Of the two images, or of two that are chosen."""
    page = compare_page()
    among = {letter: image for letter, image in lettered(page.images) if image.content}
    if len(among) < 2:
        return
    line = st.container(
        horizontal=True, gap="small", vertical_alignment="center", key="compare_line"
    )
    with line:
        first, second = _pair(list(among))
    if first == second:
        st.caption(text("compare.pixels.same_chosen"))
        return
    a, b = among[first], among[second]
    try:
        view = _view((first, a), (second, b))
    except AppError as error:
        errors.show(error)
        return
    with line:
        _figures(view)
    with st.container(key="compare_slider"):
        viewer(
            _picture(first, a, view.first),
            _picture(second, b, view.second),
            view.aligned,
            view.heat,
            view.boxes,
            key=f"viewer-{a.digest}-{b.digest}",
            mode="slider" if view.aligned else "side",
            why=text(f"compare.pixels.reason.{view.why}") if view.why else "",
        )
    _told(view)
    _texts((first, a), (second, b))


def _pair(among: list[str]) -> tuple[str, str]:
    """Which two: the first ones, or as chosen."""
    if len(among) == 2:
        return among[0], among[1]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content"):
        chosen = []
        labels = (text("compare.pixels.first"), text("compare.pixels.second"))
        for n, key in enumerate(("compare_first", "compare_second")):
            known = str(value(key))
            keep(key, known if known in among else among[n])
            if len(among) <= _LETTERS:
                st.segmented_control(
                    labels[n], among, key=key, required=True, label_visibility="collapsed"
                )
            else:
                st.selectbox(labels[n], among, key=key, width=120, label_visibility="collapsed")
            chosen.append(str(value(key)))
    return chosen[0], chosen[1]


def _view(first: tuple[str, DraftImage], second: tuple[str, DraftImage]) -> View:
    """Worked out off this thread, once per pair; a spinner says that it takes a moment."""
    page = compare_page()
    (a, image_a), (b, image_b) = first, second
    key = (str(image_a.digest), str(image_b.digest))
    if page.pixels is None or page.pixels[0] != key:
        with st.spinner(text("compare.pixels.working")):
            made = shared_pool().run(
                work_out, image_a.content or b"", image_b.content or b"", (a, b)
            )
            page.pixels = (key, made.result())
    found: View = page.pixels[1]
    return found


def work_out(first: bytes, second: bytes, names: tuple[str, str]) -> View:
    """Everything the view needs. Raises ImageError naming the picture."""
    from components import pixels

    found = pixels.compare(first, second, names=names)
    possible = found.alignment.possible
    figures: list[tuple[str, str]] = []
    if found.ssim is not None:
        figures.append(("ssim", _percent(found.ssim)))
    if found.share is not None:
        figures.append(("share", _percent(found.share)))
    if found.mean_difference is not None:
        figures.append(("mean", f"{found.mean_difference:.1f}"))
    if found.brightness is not None and abs(found.brightness) >= 1:
        figures.append(("brightness", f"{found.brightness:+.1f}"))
    if possible:
        figures.append(("regions", f"{len(found.regions) + found.more}"))
    return View(
        identical=found.identical,
        figures=tuple(figures),
        steps=_steps(found.alignment) if possible else (),
        why=found.alignment.reason,
        boxes=tuple(region.box for region in found.regions),
        more=found.more,
        specks=found.specks,
        shrunk=found.working_size != found.size,
        first=pixels.picture_a(found) if possible else make_thumbnail(first, names[0], side=_SIDE),
        second=make_thumbnail(second, names[1], side=_SIDE),
        aligned=pixels.picture_b(found) if possible else None,
        heat=pixels.heat_map(found) if possible else None,
    )


def _percent(share: float) -> str:
    """No rounding makes all or nothing of what isn't."""
    if 0 < share < 0.001:
        return "< 0.1%"
    return "> 99.9%" if 0.999 < share < 1 else f"{share:.1%}"


def _steps(how: Alignment) -> tuple[tuple[str, dict[str, object]], ...]:
    """What was done to lay B over A, with its numbers."""
    right, down = how.shift
    data: dict[str, dict[str, object]] = {
        "mirrored": {},
        "scaled": {"percent": f"{100 * how.scale:.4g}"},
        "shifted": {"right": f"{right:+.1f}", "down": f"{down:+.1f}"},
        "turned": {"degrees": f"{how.turn:+.1f}"},
    }
    steps: list[tuple[str, dict[str, object]]] = [(step, data[step]) for step in how.steps]
    if how.overlap < 0.995:
        steps.append(("overlap", {"percent": f"{100 * how.overlap:.0f}"}))
    return tuple(steps)


def _figures(view: View) -> None:
    """In one line, over the stage."""
    if view.identical:
        st.success(text(f"compare.pixels.identical.{view.identical}"), icon=":material/equal:")
        return
    with st.container(key="compare_figures", gap=None):
        said = [
            text(f"compare.pixels.line.{name}", figure=figure)
            for name, figure in view.figures
            if name in _IN_LINE
        ]
        if view.boxes:
            said.append(counted("compare.pixels.regions", len(view.boxes) + view.more))
        st.markdown(" · ".join(said) or text("compare.pixels.line.apart"))
    if view.aligned and not view.boxes:
        left = (
            counted("compare.pixels.help.specks", view.specks)
            if view.specks
            else text("compare.pixels.help.nothing")
        )
        if view.shrunk:
            left += " " * (current_session().lang != "zh") + text("compare.pixels.help.shrunk")
        st.caption(f":material/info: {left}")


def _told(view: View) -> None:
    """What the figures mean, and the regions in words, for those who don't see the boxes."""
    if view.identical or not view.figures:
        return
    with st.expander(text("compare.pixels.details"), icon=":material/straighten:"):
        lines = []
        for name, figure in view.figures:
            about = text(f"compare.pixels.help.{name}") if name in _EXPLAINED else ""
            said = f"- **{text(f'compare.pixels.figure.{name}')}**: {figure}"
            lines.append(f"{said}. {about}" if about else said)
        lines += ["- " + text(f"compare.pixels.step.{code}", **data) for code, data in view.steps]
        for n, (left, top, right, bottom) in enumerate(view.boxes[:_REGIONS], 1):
            box = {"left": left, "top": top, "right": right, "bottom": bottom}
            lines.append("- " + text("compare.pixels.region.line", number=n, **box))
        st.markdown("\n".join(lines))


def _picture(letter: str, image: DraftImage, content: bytes) -> ViewerImage:
    assert image.info is not None
    return ViewerImage(letter, image.name, content, (image.info.width, image.info.height))


def _texts(first: tuple[str, DraftImage], second: tuple[str, DraftImage]) -> None:
    """What the built-in reader reads in both, line by line; read when it is unfolded."""
    box = st.expander(
        text("compare.pixels.texts"),
        icon=":material/compare:",
        key="compare_texts",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        with st.spinner(text("compare.pixels.reading")):
            try:
                found = shared_pool().run(_read, first[1].content or b"", second[1].content or b"")
                lines = found.result()
            except AppError as error:
                errors.show(error)
                return
        if not lines:
            st.caption(text("compare.pixels.no_text"))
            return
        changed = [line for line in lines if line.kind != "same"]
        st.caption(counted("compare.pixels.lines_differ", len(changed), of=len(lines)))
        st.markdown("\n".join(_table(first[0], second[0], lines)))


def _read(first: bytes, second: bytes) -> list[LineDifference]:
    from components.providers.builtin_reader import read_text
    from components.providers.builtin_reader.compare import rows_of_text
    from components.texts import compare_lines

    rows = [rows_of_text(read_text(content)) for content in (first, second)]
    return compare_lines(*rows)


def _table(first: str, second: str, lines: list[LineDifference]) -> list[str]:
    rows = [f"| | {first} | {second} |", "|---|---|---|"]
    signs = {"same": "", "removed": "−", "added": "+", "replaced": "≠"}
    for line in lines[:_LINES]:
        cells = (signs[line.kind], marked(line.before), marked(line.after))
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def marked(segments: tuple[Segment, ...] | None) -> str:
    """Segments of a text as Markdown, what differs in colour and bold."""
    parts = []
    for segment in segments or ():
        shown = escape_markdown(segment.text).replace("|", r"\|").replace("\n", " ")
        if segment.kind == "same" or not segment.text.strip():
            parts.append(shown)
        else:
            colour = "red" if segment.kind == "removed" else "green"
            parts.append(f":{colour}[**{shown.strip()}**]")
    return "".join(parts)
