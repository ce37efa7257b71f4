"""Which size a model really sees, in exact integers.

One combined scale, floored, so that a prepared image never costs more than the original and is
never resized again, whichever way a vendor rounds.
"""

from components.errors import ImageError
from components.images.limits import DEFAULT_SIDE
from components.tokens import count_image_tokens

Size = tuple[int, int]
_TILE = 512
_MAX_STEPS = 64


def target_size(model: str, size: Size, detail: str, name: str, host: str = "") -> Size:
    """(width, height) in pixels to send an upright picture of `size` at; never enlarged.

    host: of the endpoint, as for `components.tokens.count_image_tokens`.
    Raises ImageError (image_rejected_by_model) where the model refuses such a picture.
    """
    counted = count_image_tokens(model, *size, detail, host=host)
    if counted.status == "rejected":
        raise ImageError("image_rejected_by_model", name=name, model=model)
    if counted.status == "unknown":
        return fit(size, (DEFAULT_SIDE, DEFAULT_SIDE))
    for _ in range(_MAX_STEPS):
        smaller = fit(size, counted.resized)
        if smaller == size or _snaps(size, counted.resized):
            break
        size = smaller[0] - _over(smaller[0]), smaller[1] - _over(smaller[1])
        counted = count_image_tokens(model, *size, detail, host=host)
    return size


def fit(size: Size, box: Size) -> Size:
    """`size` shrunk into `box` by one scale, floored, at least 1 px: the larger of two ways."""
    width, height = size
    wide, high = min(box[0], width), min(box[1], height)
    if (wide, high) == size:
        return size
    by_width = (wide, max(1, height * wide // width))
    by_height = (max(1, width * high // height), high)
    fitting = [s for s in (by_width, by_height) if s[0] <= wide and s[1] <= high]
    return max(fitting, key=lambda s: s[0] * s[1])


def _snaps(size: Size, resized: Size) -> bool:
    """Whether a model only rounds the sides to its grid, each its own way (Qwen): not worth a
    resize of ours, which couldn't follow it without changing the shape."""
    skew = abs(resized[0] * size[1] - resized[1] * size[0])
    return skew > 2 * max(size) and resized[0] * resized[1] * 10 >= size[0] * size[1] * 9


def _over(side: int) -> int:
    """1 if `side` lands one pixel over a whole number of tiles: it would pay for another row."""
    return int(side > _TILE and side % _TILE == 1)


def is_sliver(size: Size) -> bool:
    """So thin that a model hardly sees it."""
    return min(size) < 16


def is_panorama(size: Size) -> bool:
    """So long that fitting the long side leaves little of the short one."""
    return max(size) >= 8 * min(size)
