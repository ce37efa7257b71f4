"""What speaks against the images as files: how many, how large, how heavy."""

from collections.abc import Iterator

from components.pricing.whatif.rules.vendor_limits import Limits, bytes_per_pixel
from components.pricing.whatif.types import Rejection, Row

_MEGABYTE = 1_000_000


class Payload:
    """The files of one request. Where a file's bytes aren't known they are guessed.

    total: bytes of all images as they are sent (base64); known: of those that aren't a guess.
    """

    def __init__(self, rows: tuple[Row, ...]) -> None:
        guess = bytes_per_pixel()
        self.rows = rows
        self.bytes = [row.bytes or int(row.width * row.height * guess) for row in rows]
        self.total = sum(
            row.count * _encoded(size) for row, size in zip(rows, self.bytes, strict=True)
        )
        self.known = sum(row.count * _encoded(row.bytes) for row in rows)
        self._longer: dict[int, tuple[int, ...]] = {}
        self._heavier: dict[int, tuple[int, ...]] = {}

    def longer(self, side: int) -> tuple[int, ...]:
        """Numbers of the rows with a side above `side` px."""
        if side not in self._longer:
            self._longer[side] = tuple(
                n for n, row in enumerate(self.rows) if row.width > side or row.height > side
            )
        return self._longer[side]

    def heavier(self, most: int) -> tuple[int, ...]:
        """Numbers of the rows whose file has more than `most` bytes."""
        if most not in self._heavier:
            self._heavier[most] = tuple(n for n, size in enumerate(self.bytes) if size > most)
        return self._heavier[most]


def payload_problems(payload: Payload, n: int, limits: Limits) -> Iterator[Rejection]:
    """Limits of a vendor that the images of one request (`n` of them) break."""
    if limits.images is not None and n > limits.images:
        yield Rejection("image_count", {"vendor": limits.vendor, "n": n, "limit": limits.images})
    yield from _sides(payload, n, limits)
    yield from _files(payload, limits)
    yield from _request(payload, limits)


def _sides(payload: Payload, n: int, limits: Limits) -> Iterator[Rejection]:
    side = limits.side_many if limits.many and n > limits.many else limits.side
    rows = () if side is None else payload.longer(side)
    if rows:
        first = payload.rows[rows[0]]
        data = {
            "vendor": limits.vendor,
            "width": first.width,
            "height": first.height,
            "limit": side,
            "n": len(rows),
        }
        yield Rejection("image_side", data, rows=rows)


def _files(payload: Payload, limits: Limits) -> Iterator[Rejection]:
    most = limits.image_bytes
    rows = () if most is None else payload.heavier(most)
    if most is not None and rows:
        certain = limits.firm and any(payload.rows[place].bytes > most for place in rows)
        data = {
            "vendor": limits.vendor,
            "megabytes": _megabytes(payload.bytes[rows[0]]),
            "limit": _megabytes(most),
            "n": len(rows),
        }
        yield Rejection("image_bytes", data, certain, rows)


def _request(payload: Payload, limits: Limits) -> Iterator[Rejection]:
    for most, firm in ((limits.request_bytes, True), (limits.likely_bytes, False)):
        if most is not None and payload.total > most:
            data = {
                "vendor": limits.vendor,
                "megabytes": _megabytes(payload.total),
                "limit": _megabytes(most),
            }
            yield Rejection("request_bytes", data, certain=firm and payload.known > most)
            return


def _encoded(size: int) -> int:
    """Bytes of base64."""
    return -(-size // 3) * 4


def _megabytes(size: int) -> float:
    value = round(size / _MEGABYTE, 1)
    return int(value) if value.is_integer() else value
