"""A garden with a fence, behind the dogs."""

import random

from components.samples.drawing.canvas import Canvas
from components.samples.drawing.shapes import ellipse, rect


def garden(canvas: Canvas) -> None:
    canvas.backdrop("#a8d5ec", "#f3f4e6")
    rng = random.Random(5)
    for x, y, s in ((250, 110, 1.1), (720, 70, 0.8), (1150, 130, 1.0)):
        for dx, dy, r in ((-64, 8, 34), (-16, -10, 50), (44, 2, 40), (88, 14, 24)):
            canvas.fill(ellipse(x + dx * s, y + dy * s, r * s, r * s * 0.75), "#f8fbfc")
    for x in range(-30, 1460, 88):
        bush = ellipse(x, 330, rng.uniform(52, 86))
        canvas.shade(bush, rng.choice(["#9cc48f", "#8ab981"]), "#6f9f6b")
    for y in (300, 420):
        canvas.shade(rect(0, y, 1400, 20), "#f3ece0", "#d5cbba")
    for x in range(8, 1400, 50):
        top = [(x, 270), (x + 17, 248), (x + 34, 270), (x + 34, 520), (x, 520)]
        canvas.shade(top, "#fffaf1", "#e1d8c8")
        canvas.line([(x + 34, 272), (x + 34, 520)], "#c5baa7", 1.5)
    canvas.shade(rect(0, 505, 1400, 256), "#93bd74", "#6c9a55")
    for _ in range(260):
        foot = (rng.uniform(0, 1400), rng.uniform(505, 755))
        tip = (foot[0] + rng.uniform(-5, 5), foot[1] - rng.uniform(8, 16))
        canvas.line([foot, tip], "#7fae63", 2)
