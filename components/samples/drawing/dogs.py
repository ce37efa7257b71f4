"""A row of dogs, all alike but one."""

from collections.abc import Callable

from PIL import Image

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.garden import garden
from components.samples.drawing.scenes import scene
from components.samples.drawing.shapes import Point, Points, ellipse, placed, rounded, smooth

_FUR, _FUR_DARK, _LIGHT, _EAR = "#d69a5b", "#b97c40", "#fbeedb", "#8f572a"
_HANGING: Points = [
    (44, -300),
    (72, -304),
    (94, -268),
    (98, -218),
    (82, -192),
    (64, -214),
    (56, -250),
]
_STANDING: Points = [
    (20, -308),
    (36, -350),
    (66, -392),
    (86, -356),
    (90, -310),
    (74, -276),
    (46, -296),
]


def draw() -> Image.Image:
    facts = scene("dogs")
    canvas = Canvas(1400, 760, "#bfe0ee")
    garden(canvas)
    step = 1400 / facts["count"]
    for i in range(facts["count"]):
        _dog(canvas, (step * (i + 0.5) - 6, 640), 1.04, odd=i + 1 == facts["odd"])
    return canvas.finish()


def _dog(canvas: Canvas, at: Point, scale: float, *, odd: bool) -> None:
    def put(points: Points, flip: int = 1) -> Points:
        return placed(points, *at, scale, flip)

    canvas.shadow(put(ellipse(4, 2, 100, 16)), dy=0, blur=8, strength=0.5)
    tail = smooth([(60, -20), (96, -28), (112, -62), (102, -92), (94, -64), (80, -46), (54, -44)])
    canvas.fill(put(tail), _FUR_DARK)
    body = smooth(
        [(-42, -196), (42, -196), (66, -120), (82, -40), (66, 4), (-66, 4), (-82, -40), (-66, -120)]
    )
    canvas.shade(put(body), _FUR, _FUR_DARK)
    canvas.fill(
        put(smooth([(-30, -180), (30, -180), (36, -110), (18, -50), (-18, -50), (-36, -110)])),
        _LIGHT,
    )
    for flip in (1, -1):
        canvas.shade(put(smooth([(50, -58), (84, -46), (88, -8), (46, 2)]), flip), _FUR, "#a66c34")
        leg = rounded(6, -110, 34, 112, 15)
        canvas.shade(put(leg, flip), "#dda568", _FUR)
        canvas.fill(put(rounded(2, -20, 42, 24, 12), flip), _LIGHT)
        for toe in (17, 29):
            canvas.line(put([(toe, -8), (toe, 2)], flip), "#d8bf9d", 2)
    _collar(canvas, put(rounded(-50, -194, 100, 20, 10)), put(ellipse(0, -164, 13)))
    canvas.shade(
        put(
            smooth(
                [
                    (0, -320),
                    (56, -304),
                    (74, -252),
                    (50, -206),
                    (0, -192),
                    (-50, -206),
                    (-74, -252),
                    (-56, -304),
                ]
            )
        ),
        "#e0a869",
        _FUR,
    )
    canvas.fill(
        put(
            smooth(
                [
                    (0, -318),
                    (11, -290),
                    (17, -258),
                    (44, -238),
                    (36, -206),
                    (0, -194),
                    (-36, -206),
                    (-44, -238),
                    (-17, -258),
                    (-11, -290),
                ]
            )
        ),
        _LIGHT,
    )
    _ear(canvas, put(smooth(_HANGING), -1))
    _ear(canvas, put(smooth(_STANDING if odd else _HANGING)))
    if odd:
        canvas.fill(
            put(smooth([(42, -312), (50, -344), (66, -370), (76, -342), (78, -310), (68, -292)])),
            "#d7a083",
        )
    _face(canvas, put)


def _ear(canvas: Canvas, points: Points) -> None:
    canvas.shade(points, "#9c6233", "#7a4720")


def _collar(canvas: Canvas, band: Points, tag: Points) -> None:
    canvas.shade(band, "#c9473a", "#9e3128")
    canvas.shade(tag, "#f4cf6b", "#d4a437")


def _face(canvas: Canvas, put: Callable[..., Points]) -> None:
    for flip in (1, -1):
        canvas.fill(put(ellipse(29, -262, 10, 11.5), flip), "#2b1d14")
        canvas.fill(put(smooth([(18, -284), (28, -290), (38, -285), (28, -284)]), flip), "#8f572a")
    for x in (-29, 29):
        canvas.fill(put(ellipse(x + 3.4, -266, 3.4)), "#ffffff")
    canvas.shade(
        put(smooth([(-17, -238), (0, -243), (17, -238), (10, -225), (0, -220), (-10, -225)])),
        "#4a342a",
        "#20140e",
    )
    canvas.fill(put(ellipse(-5, -236, 5, 2.4)), "#ffffff66")
    canvas.fill(
        put([*smooth([(-9, -208), (0, -206), (9, -208), (7, -190), (0, -185), (-7, -190)])]),
        "#e98a8a",
    )
    smile = [(-22, -213), (-12, -205), (0, -210), (0, -220), (0, -210), (12, -205), (22, -213)]
    canvas.line(put(smooth(smile, closed=False)), "#3a271c", 3)
