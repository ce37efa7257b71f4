"""Boxes around what differs."""

from collections.abc import Sequence

import cv2
import numpy as np

from components.pixels.limits import JOIN, LEAST_PIXELS, LEAST_REGION, REGIONS
from components.pixels.types import Box, Mask, Region


def find_regions(
    changed: Mask,
    size: tuple[int, int],
    *,
    join: float = JOIN,
    least: float = LEAST_REGION,
    at_most: int = REGIONS,
) -> tuple[tuple[Region, ...], int]:
    """(regions, largest box first, in pixels of a picture of `size`; how many more there are).

    changed: of that picture at any size. join: spots nearer than this share of the long side
    are one region, and so are those whose boxes overlap. least: a region's changed pixels as a
    share of the picture. at_most: how many are listed.
    """
    reach = max(1, round(join * max(changed.shape) / 2))
    boxes = _merged(_boxes(changed, reach, max(LEAST_PIXELS, least * changed.size)))
    across, down = size[0] / changed.shape[1], size[1] / changed.shape[0]
    found = [
        Region(
            (round(x * across), round(y * down), round(right * across), round(bottom * down)),
            round(count * across * down),
        )
        for (x, y, right, bottom), count in boxes
    ]
    found.sort(key=lambda one: (-_area(one.box), one.box))
    return tuple(found[:at_most]), max(0, len(found) - at_most)


def _boxes(changed: Mask, reach: int, least: float) -> list[tuple[Box, int]]:
    """(box, changed pixels) of each connected part of what is changed, widened by `reach`."""
    width = 2 * reach + 1
    spread = cv2.dilate(np.pad(changed.astype(np.uint8), reach), np.ones((width, width), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(spread)
    inner = labels[reach : reach + changed.shape[0], reach : reach + changed.shape[1]]
    pixels = np.bincount(inner[changed], minlength=count)
    kept = [label for label in range(1, count) if pixels[label] >= least]
    found = []
    for label in kept:
        x, y, wide, high = (int(value) for value in stats[label][:4])
        # The padding moved it by `reach`, the widening back; it widened both ends.
        found.append(((x, y, x + wide - 2 * reach, y + high - 2 * reach), int(pixels[label])))
    return found


def _merged(boxes: Sequence[tuple[Box, int]]) -> list[tuple[Box, int]]:
    """Boxes that overlap become one, until none do."""
    done: list[tuple[Box, int]] = []
    waiting = list(boxes)
    while waiting:
        box, count = waiting.pop()
        for other in done:
            if _overlap(box, other[0]):
                done.remove(other)
                waiting.append((_around(box, other[0]), count + other[1]))
                break
        else:
            done.append((box, count))
    return done


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _around(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _area(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])
