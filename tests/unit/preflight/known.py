"""Facts as they would be measured, for checks that need no picture."""

from dataclasses import replace

from components.images import ImageInfo
from components.preflight.image_facts import ImageFacts, ImageToCheck, seen_size
from components.preflight.legible import by_height
from components.preflight.lines import Line
from components.preflight.quality import Look
from components.preflight.types import Finding

SHARP = Look((1024, 768), 2000.0, 50.0, 80.0)


def line(
    text: str, height: float = 30, *, top: int = 100, angle: float = 0, row: int = 0, left: int = 50
) -> Line:
    """A line whose box is as large as such text would be."""
    box = (left, top, left + int(len(text) * height * 0.6) + 1, top + int(height) + 1)
    return Line(text, box, height, 0.99, angle, row)


def facts_of(
    size: tuple[int, int] = (1600, 1200),
    *lines: Line,
    model: str = "gpt-4o",
    detail: str = "high",
    look: Look | None = SHARP,
    gps: bool = False,
    camera: str = "",
    as_is: bool = False,
) -> ImageFacts:
    info = ImageInfo("jpeg", *size, size=500_000, has_gps=gps, has_exif=bool(camera))
    picture = ImageToCheck(b"", "a.jpg", model, detail)
    facts = ImageFacts(
        name="a.jpg",
        digest=b"",
        info=info,
        model=model,
        detail=detail,
        seen=seen_size(picture, info),
        look=look,
        camera=camera,
        as_is=as_is,
    )
    return replace(facts, lines=by_height(lines, facts.scale))


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def one(findings: list[Finding], code: str) -> Finding:
    """The finding with this code; fails where there isn't exactly one."""
    (found,) = [finding for finding in findings if finding.code == code]
    return found
