"""Where two pictures of one size differ, by more than compression and resizing explain."""

import cv2
import numpy as np

from components.pixels.limits import COLOUR_NOISE, NOISE
from components.pixels.types import Mask, Pixels, Plane

_AROUND = np.ones((3, 3), np.uint8)


def difference(a: Pixels, b: Pixels) -> Plane:
    """How far each pixel lies outside what the other picture has around it, 0 to 255.

    Edges that resizing or half a pixel of shift moved are inside and come out as 0. Colour is
    smoothed first, since JPEG and WebP blur it, and weighed so that one threshold (NOISE) fits.
    """
    planes = (_planes(a), _planes(b))
    light, *colours = (_outside(one, other) for one, other in zip(*planes, strict=True))
    colour = np.maximum(*colours).astype(np.float32) * (NOISE / COLOUR_NOISE)
    return np.asarray(np.maximum(light, np.rint(colour).astype(np.uint8)), np.uint8)


def changed(difference: Plane, noise: int = NOISE) -> Mask:
    """Which pixels differ by more than `noise`."""
    return np.asarray(difference > noise, np.bool_)


def _planes(pixels: Pixels) -> list[Plane]:
    light, *colours = cv2.split(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb))
    planes = (light, *(cv2.blur(colour, (5, 5)) for colour in colours))
    return [np.asarray(plane, np.uint8) for plane in planes]


def _outside(a: Plane, b: Plane) -> Plane:
    return np.maximum(_beyond(a, b), _beyond(b, a))


def _beyond(one: Plane, other: Plane) -> Plane:
    """How far `one` is above the highest or below the lowest of `other` around each pixel."""
    above = cv2.subtract(one, cv2.dilate(other, _AROUND))
    below = cv2.subtract(cv2.erode(other, _AROUND), one)
    return np.asarray(np.maximum(above, below), np.uint8)
