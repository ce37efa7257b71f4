"""Where two pictures of one size differ, by more than compression and resizing explain."""

import cv2
import numpy as np

from components.pixels.limits import COLOUR_NOISE, NOISE
from components.pixels.types import Mask, Pixels, Plane

_LIGHT, _COLOUR = 3, 5  # pixels a side: what counts as around


def difference(a: Pixels, b: Pixels) -> Plane:
    """How far each pixel lies outside what the other picture has around it, 0 to 255.

    Edges that resizing or half a pixel of shift moved are inside and come out as 0. Colour must
    differ when smoothed, too, since JPEG and WebP blur it, and is weighed so that one threshold
    (NOISE) fits.
    """
    (light, *colours), (other_light, *other_colours) = _planes(a), _planes(b)
    found = _outside(light, other_light, _LIGHT)
    for one, other in zip(colours, other_colours, strict=True):
        smooth = _outside(_smoothed(one), _smoothed(other), _COLOUR)
        both = np.minimum(_outside(one, other, _COLOUR), smooth)
        weighed = cv2.convertScaleAbs(both, alpha=NOISE / COLOUR_NOISE)
        found = np.maximum(found, np.asarray(weighed, np.uint8))
    return found


def changed(difference: Plane, noise: int = NOISE) -> Mask:
    """Which pixels differ by more than `noise`."""
    return np.asarray(difference > noise, np.bool_)


def _planes(pixels: Pixels) -> list[Plane]:
    """Brightness and the two planes of colour."""
    planes = cv2.split(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb))
    return [np.asarray(plane, np.uint8) for plane in planes]


def _smoothed(plane: Plane) -> Plane:
    return np.asarray(cv2.blur(plane, (_COLOUR, _COLOUR)), np.uint8)


def _outside(a: Plane, b: Plane, side: int) -> Plane:
    around = np.ones((side, side), np.uint8)
    return np.maximum(_beyond(a, b, around), _beyond(b, a, around))


def _beyond(one: Plane, other: Plane, around: Plane) -> Plane:
    """How far `one` is above the highest or below the lowest of `other` around each pixel."""
    above = cv2.subtract(one, cv2.dilate(other, around))
    below = cv2.subtract(cv2.erode(other, around), one)
    return np.asarray(np.maximum(above, below), np.uint8)
