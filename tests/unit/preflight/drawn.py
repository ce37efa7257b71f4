"""Pictures for the checks, drawn or changed so that what is wrong with them is known."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from tests.support.paths import SHARED as SHARED_FILES

WORDS = (
    "Meeting on Thursday about the autumn budget",
    "Rent for the workshop has risen by seven percent",
    "Please bring last month's invoices with you",
    "Lunch is at noon in the small room upstairs",
    "Deliveries arrive at the back door before nine",
    "Ask Martha for the key to the paper store",
)


def page(
    height: int, *, size: tuple[int, int] = (1600, 1200), lines: tuple[str, ...] = WORDS
) -> Image.Image:
    """Black lines on white; capitals with descenders are about `height` px tall."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=height)
    for row, line in enumerate(lines):
        pen.text((60, 60 + row * (height * 2 + 10)), line, font=font, fill="black")
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """radius: px at a long side of 1024, whatever the picture's is."""
    return picture.filter(ImageFilter.GaussianBlur(radius * max(picture.size) / 1024))


def darkened(picture: Image.Image, left: float = 0.15) -> Image.Image:
    return ImageEnhance.Brightness(picture).enhance(left)


def paled(picture: Image.Image) -> Image.Image:
    return picture.point(lambda value: 110 + value // 12)


def turned(picture: Image.Image, clockwise: int) -> Image.Image:
    return picture.rotate(-clockwise, expand=True)


def shared_images() -> Path | None:
    """Real pictures beside the repository, None where they aren't there."""
    folder = SHARED_FILES / "data/images"
    return folder if folder.is_dir() else None
