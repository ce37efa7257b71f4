"""The cat on the analyzer, with or without its bow tie."""

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.shapes import ellipse, rounded, smooth


def cat(canvas: Canvas, *, bow: bool) -> None:
    fur, dark = "#7b8794", "#5f6b78"
    tail = smooth(
        [(1000, 680), (1060, 664), (1086, 610), (1066, 574), (1050, 600), (1040, 636), (990, 650)]
    )
    canvas.fill(tail, dark)
    canvas.fill(
        smooth([(890, 560), (980, 560), (1020, 640), (1010, 696), (860, 696), (850, 640)]), fur
    )
    canvas.fill(smooth([(912, 580), (958, 580), (968, 640), (935, 668), (902, 640)]), "#eef1f3")
    for x in (898, 938):
        canvas.fill(rounded(x, 640, 36, 58, 16), fur)
        canvas.fill(rounded(x - 2, 678, 40, 20, 10), "#eef1f3")
    for side in (-1, 1):
        ear = [(935 + side * 58, 480), (935 + side * 52, 412), (935 + side * 12, 452)]
        canvas.fill(ear, fur)
        inner = [(935 + side * 50, 468), (935 + side * 47, 430), (935 + side * 24, 454)]
        canvas.fill(inner, "#e7aeb0")
    canvas.fill(ellipse(935, 500, 66, 56), fur)
    for k in (-16, 0, 16):
        canvas.line([(935 + k, 450 + abs(k) / 4), (935 + k * 0.8, 470)], dark, 5)
    for side in (-1, 1):
        canvas.fill(ellipse(935 + side * 26, 494, 12, 13), "#f6e58d")
        canvas.fill(ellipse(935 + side * 26, 494, 4.5, 11), p.INK)
        for dy in (-4, 6):
            canvas.line(
                [(935 + side * 34, 520 + dy / 2), (935 + side * 82, 516 + dy * 2)], "#dfe4e8", 2
            )
    canvas.fill([(927, 512), (943, 512), (935, 521)], "#e58f93")
    canvas.line(
        smooth([(917, 526), (927, 530), (935, 522), (943, 530), (953, 526)], closed=False),
        p.INK,
        2.5,
    )
    if bow:
        for side in (-1, 1):
            wing = [(935, 566), (935 + side * 36, 548), (935 + side * 36, 588), (935, 572)]
            canvas.fill(wing, "#c9473a")
        canvas.fill(rounded(926, 558, 18, 22, 6), "#9e3128")
