"""Grader iou."""

from collections.abc import Mapping
from typing import Any

from components.boxes.fit import better_order, f1, iou, matched
from components.boxes.orders import ORDERS
from components.boxes.reading import boxes_in
from components.boxes.scales import SCALES, to_box
from components.boxes.types import Box, Four, Size
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Why, unsure

_MOST = 500


def boxes(given: Mapping[str, Any], reply: Reply) -> Grade:
    """boxes: left, top, right, bottom in pixels of the original; order and scale: of the answer
    (components/boxes); at_least: IoU, 0.5; image, sent: widths and heights where `reply` has none.

    score: the IoU of one box for one; else F1, of which 1 is right, or f1_at_least. facts: the
    answer's boxes in pixels, order and iou of a better order.
    """
    settings = Settings(given)
    wanted = [Box(*four) for four in _boxes(settings)]
    order = settings.one_of("order", ORDERS, "xyxy")
    scale = settings.one_of("scale", SCALES, "pixels")
    least = settings.share("at_least", "0.5")
    image, sent = _size(settings, "image") or reply.image, _size(settings, "sent") or reply.sent
    if scale == "sent" and sent is None:
        return unsure("box_no_size")
    if image is None:
        if scale != "pixels":
            return unsure("box_no_size")
        image = (1, 1)  # pixels of the original need none
    said = boxes_in(reply.text)
    if not said:
        return Grade("wrong", Why("box_none"), 0.0)
    found = [to_box(four, order, scale, image, sent) for four in said]
    better = better_order(wanted, said, order, scale, image, sent)
    facts: dict[str, Any] = {"boxes": [[b.left, b.top, b.right, b.bottom] for b in found]}
    if better:
        facts["better"] = {"order": better.order, "iou": better.iou}
    if len(wanted) == len(found) == 1:
        score = iou(wanted[0], found[0])
        ok, code = score >= least, "box"
        data: dict[str, object] = {"iou": round(score, 3), "least": least}
    else:
        pairs = len(matched(wanted, found, least))
        score = f1(pairs, len(wanted), len(found))
        ok, code = score >= settings.share("f1_at_least", "1"), "boxes"
        data = {"n": pairs, "wanted": len(wanted), "given": len(found), "f1": round(score, 3)}
    if better:
        data |= {"better": better.order, "better_iou": round(better.iou, 3), "order": order}
    why = Why(f"{code}{'' if ok else '_not'}{'_order' if better else ''}", data)
    return Grade("right" if ok else "wrong", why, score, facts)


def _boxes(settings: Settings) -> list[Four]:
    value = settings.given.get("boxes")
    if value is None:
        raise settings.missing("boxes")
    if not isinstance(value, list) or not 0 < len(value) <= _MOST:
        raise settings.bad("boxes")
    found: list[Four] = []
    for each in value:
        if not isinstance(each, list | tuple) or len(each) != 4:
            raise settings.bad("boxes")
        if any(isinstance(n, bool) or not isinstance(n, int | float) for n in each):
            raise settings.bad("boxes")
        found.append((float(each[0]), float(each[1]), float(each[2]), float(each[3])))
    if any(Box(*four).area <= 0 for four in found):
        raise settings.bad("boxes")
    return found


def _size(settings: Settings, key: str) -> Size | None:
    value = settings.given.get(key)
    if value is None:
        return None
    sized = isinstance(value, list | tuple) and len(value) == 2
    if not sized or not all(type(n) is int and n > 0 for n in value):
        raise settings.bad(key)
    return value[0], value[1]
