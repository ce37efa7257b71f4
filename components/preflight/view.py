"""What the model sees: the pixels it gets, its grid, and the text that is left in them."""

from dataclasses import dataclass, field

from PIL import Image

from components.images import decode_upright
from components.images.geometry import Size
from components.images.pool import ImagePool, shared_pool
from components.preflight.image_analyzer import ImageAnalyzer, shared_analyzer
from components.preflight.image_facts import ImageFacts, ImageToCheck, as_seen
from components.preflight.legible import SeenLine, State
from components.preflight.types import Box
from components.pricing.whatif.rules.tiles import TileDrawing, drawing


@dataclass(frozen=True)
class ViewLine:
    """A line of the original in the view. box: in pixels of the view. height: pixels there.
    state: "read", "lost", or "unsure" (hardly read in the original); small: below the height from
    which text is read safely. measured: by reading the view, otherwise judged by the height."""

    text: str
    box: Box
    height: float
    state: State
    small: bool
    measured: bool


@dataclass(frozen=True)
class ModelView:
    """size: (width, height) in pixels of the view; original: of the upright original.

    content: the encoded pixels, as they are sent. grid: how the model cuts the view up. lines:
    None until the text was read; final once pending is False.
    """

    name: str
    size: Size
    original: Size
    content: bytes = field(repr=False)
    media_type: str
    grid: TileDrawing
    lines: tuple[ViewLine, ...] | None
    pending: bool

    @property
    def smallest(self) -> float | None:
        """Height in pixels of the smallest line that can be told for sure, None without any."""
        heights = [line.height for line in self.lines or () if line.state != "unsure"]
        return min(heights) if heights else None

    def count(self, state: State) -> int:
        """Lines in this state."""
        return sum(line.state == state for line in self.lines or ())


def seen(
    picture: ImageToCheck,
    *,
    analyzer: ImageAnalyzer | None = None,
    pool: ImagePool | None = None,
    wait: bool = False,
) -> ModelView:
    """The picture as its model gets it at its detail. Quick, but for preparing the picture once;
    the text comes when it was read, or with `wait` before this returns.

    Raises ImageError where the picture isn't accepted or the model refuses it.
    """
    pool = pool or shared_pool()
    ready = as_seen(picture, pool, picture.key)
    facts = (analyzer or shared_analyzer()).facts(picture, wait=wait)
    size = (ready.width, ready.height)
    return ModelView(
        name=picture.name,
        size=size,
        original=facts.size,
        content=ready.content,
        media_type=ready.media_type,
        grid=drawing(picture.model, *size, picture.detail),
        lines=_lines(facts, size),
        pending=facts.pending,
    )


def pixels(view: ModelView) -> Image.Image:
    """The view, RGB, at true size. Raises ImageError."""
    return decode_upright(view.content, None, view.name)


def _lines(facts: ImageFacts, size: Size) -> tuple[ViewLine, ...] | None:
    if facts.lines is None:
        return None
    across, down = size[0] / facts.size[0], size[1] / facts.size[1]
    return tuple(_line(one, across, down) for one in facts.lines)


def _line(one: SeenLine, across: float, down: float) -> ViewLine:
    left, top, right, bottom = one.line.box
    box = (int(left * across), int(top * down), round(right * across), round(bottom * down))
    return ViewLine(one.line.text, box, one.height, one.state, one.small, one.measured)
