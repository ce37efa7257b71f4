"""What speaks against the images as files: how many, how large, how heavy."""

from collections.abc import Iterator

from components.pricing.whatif.types import Rejection, Row, Scenario
from components.pricing.whatif.vendor_limits import Limits, bytes_per_pixel

_MEGABYTE = 1_000_000


def payload_problems(scenario: Scenario, n: int, limits: Limits) -> Iterator[Rejection]:
    """Limits of a vendor that the images of one request (`n` of them) break."""
    if limits.images is not None and n > limits.images:
        yield Rejection("image_count", {"vendor": limits.vendor, "n": n, "limit": limits.images})
    yield from _sides(scenario, n, limits)
    yield from _files(scenario, limits)
    yield from _request(scenario, limits)


def _sides(scenario: Scenario, n: int, limits: Limits) -> Iterator[Rejection]:
    side = limits.side_many if limits.many and n > limits.many else limits.side
    if side is None:
        return
    rows = tuple(
        place for place, row in enumerate(scenario.rows) if max(row.width, row.height) > side
    )
    if rows:
        first = scenario.rows[rows[0]]
        yield Rejection(
            "image_side",
            {
                "vendor": limits.vendor,
                "width": first.width,
                "height": first.height,
                "limit": side,
                "n": len(rows),
            },
            rows=rows,
        )


def _files(scenario: Scenario, limits: Limits) -> Iterator[Rejection]:
    most = limits.image_bytes
    if most is None:
        return
    guess = bytes_per_pixel()
    sizes = [_bytes(row, guess) for row in scenario.rows]
    rows = tuple(place for place, size in enumerate(sizes) if size > most)
    if rows:
        certain = limits.firm and any(scenario.rows[place].bytes > most for place in rows)
        data = {
            "vendor": limits.vendor,
            "megabytes": _megabytes(sizes[rows[0]]),
            "limit": _megabytes(most),
            "n": len(rows),
        }
        yield Rejection("image_bytes", data, certain, rows)


def _request(scenario: Scenario, limits: Limits) -> Iterator[Rejection]:
    guess = bytes_per_pixel()
    total = sum(row.count * _encoded(_bytes(row, guess)) for row in scenario.rows)
    known = sum(row.count * _encoded(row.bytes) for row in scenario.rows)
    for most, firm in ((limits.request_bytes, True), (limits.likely_bytes, False)):
        if most is not None and total > most:
            data = {
                "vendor": limits.vendor,
                "megabytes": _megabytes(total),
                "limit": _megabytes(most),
            }
            yield Rejection("request_bytes", data, certain=firm and known > most)
            return


def _bytes(row: Row, per_pixel: float) -> int:
    return row.bytes or int(row.width * row.height * per_pixel)


def _encoded(size: int) -> int:
    """Bytes of base64."""
    return -(-size // 3) * 4


def _megabytes(size: int) -> float:
    return round(size / _MEGABYTE, 1)
