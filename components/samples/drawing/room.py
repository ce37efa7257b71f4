"""What stays the same in the two pictures of a room."""

from components.samples.drawing import palette as p
from components.samples.drawing.canvas import Canvas
from components.samples.drawing.shapes import ellipse, rect, rounded, smooth


def window(canvas: Canvas) -> None:
    canvas.fill(rect(60, 70, 440, 410), "#fffaf0")
    canvas.fill(rect(80, 90, 400, 370), "#b7def0")
    canvas.fill(ellipse(170, 180, 44), "#ffe08a")
    for dx, dy, r in ((0, 0, 26), (34, -14, 34), (70, 2, 24)):
        canvas.fill(ellipse(310 + dx, 170 + dy, r, r * 0.8), p.WHITE)
    for colour, points in (
        ("#a7cf9a", [(80, 380), (170, 320), (280, 370), (390, 310), (480, 350)]),
        ("#7fb27b", [(80, 410), (200, 380), (330, 420), (480, 390)]),
    ):
        canvas.fill([*smooth(points, closed=False), (480, 460), (80, 460)], colour)
    canvas.fill(rect(272, 90, 16, 370), "#fffaf0")
    canvas.fill(rect(80, 262, 400, 14), "#fffaf0")
    canvas.fill(rect(40, 470, 480, 26), "#f7ecd8")
    canvas.fill(rect(40, 496, 480, 8), "#dcc6a3")
    for side in (1, -1):
        x = 280 - side * 248
        cloth = [(x, 52), (x + side * 96, 52), (x + side * 70, 250), (x + side * 34, 452), (x, 452)]
        canvas.fill(cloth, "#5d9c9b")
        for fold in (24, 50):
            canvas.line([(x + side * fold, 56), (x + side * fold * 0.7, 446)], "#4d8887", 4)
    canvas.fill(rounded(16, 40, 528, 16, 8), p.WOOD_DARK)


def analyzer(canvas: Canvas) -> None:
    canvas.fill(rect(0, 690, 1200, 210), "#a9784a")
    canvas.fill(rect(0, 690, 1200, 22), "#c9965f")
    for x in (60, 640):
        canvas.fill(rounded(x, 744, 500, 126, 10), "#b78552")
        canvas.line(rounded(x, 744, 500, 126, 10), "#8f623a", 3, closed=True)
        canvas.fill(rounded(x + 215, 794, 70, 16, 8), "#f0cf8c")


def lamp(canvas: Canvas) -> None:
    canvas.fill(ellipse(130, 688, 70, 14), p.TEAL_DARK)
    canvas.line([(130, 684), (104, 590), (160, 530)], p.TEAL_DARK, 9)
    canvas.fill([(146, 508), (186, 536), (262, 604), (150, 616), (122, 560)], p.TEAL)
    canvas.fill(ellipse(206, 610, 57, 10, -6), "#ffe9a8")


def notebook(canvas: Canvas) -> None:
    canvas.fill([(300, 668), (500, 668), (524, 700), (278, 700)], "#dfe6e4")
    canvas.fill([(300, 662), (398, 666), (398, 694), (282, 692)], p.WHITE)
    canvas.fill([(500, 662), (402, 666), (402, 694), (518, 692)], p.WHITE)
    for k in range(3):
        canvas.line([(306 - k * 4, 670 + k * 7), (384, 673 + k * 7)], "#b9c4c6", 2)
        canvas.line([(416, 673 + k * 7), (494 + k * 4, 670 + k * 7)], "#b9c4c6", 2)
