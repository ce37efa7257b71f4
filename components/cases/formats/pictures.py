"""The images of a file: read where they lie in it or beside it, each once, none of them fetched."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from components.cases.case import Image
from components.cases.errors import CaseError
from components.cases.formats.source import Source, inside
from components.cases.limits import MAX_IMAGES_BYTES, MEGABYTE
from components.cases.loss import Tally
from components.errors import ImageError
from components.images import inspect_image
from components.images.formats.sniff import sniff
from components.images.limits import MAX_ORIGINAL_BYTES

FOLDER = "images/"
_DATA_URL = re.compile(r"data:[\w/+.-]*;base64,")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_LONG = 64  # characters; a shorter text is no image


def image_name(digest: str, ending: str) -> str:
    """As an image is called in a set: `images/<hash>.png`. digest: sha256 in hex."""
    return f"{FOLDER}{digest[:24]}.{ending}"


class Pictures:
    """found: the bytes by their name here, `images/<hash>.<ending>`. Equal ones are one."""

    def __init__(
        self,
        source: Source,
        tally: Tally,
        known: Mapping[str, bytes] = MappingProxyType({}),
        paths: Mapping[str, str] = MappingProxyType({}),
        texts: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """known, paths, texts: of an earlier reading, images by name, names by written paths, and
        what text files held."""
        self.found: dict[str, bytes] = dict(known)
        self._texts: dict[str, str] = dict(texts)
        self._paths: dict[str, str] = dict(paths)
        self._source = source
        self._tally = tally
        self._size = 0
        self._named: dict[str, tuple[str, str]] = {}  # a text -> its image, and what stood before

    def image(self, written: str, base: str = "", detail: str | None = None) -> Image:
        """An image as a file writes it: base64, a data URL, an address, or a path from the folder
        `base`. What can't be had stays as it is written, and is told of."""
        return Image(self._name(written, base) or written, detail)

    def of_base64(self, text: str) -> str | None:
        """The name of an image that is written as base64 alone, None for another text."""
        if len(text) <= _LONG or not _BASE64.fullmatch(text):
            return None
        return self._decoded(text, "")

    def keep(self, name: str) -> bool:
        """Reads an image of our own bundle under its own name; False if it isn't one."""
        if name in self.found:
            return True
        data = self._source.image(name)
        if data is None:
            self._tally.case("image_missing", example=name)
            return False
        if self._ending(data) is None:
            self._tally.case("image_unusable", example=name)
            return False
        self._add(name, data)
        return True

    def text(self, written: str, base: str) -> str:
        """Of a text file that is named; what stands there where it can't be had."""
        if (known := self._texts.get(written)) is not None:
            return known
        path = inside(base, written)
        data = self._source.maybe(path)
        if data is None:
            self._tally.case(
                "image_outside" if path is None else "image_missing", example=written[:80]
            )
            return written
        self._texts[written] = data.decode("utf-8-sig", "replace")
        return self._texts[written]

    def stowed(self, value: Any) -> dict[str, Any]:
        """`value`, to be kept verbatim, the images that were found in it taken out of it; the paths
        in it, with what was read there."""
        places: list[list[Any]] = []
        kept: dict[str, Any] = {"value": self._without(value, [], places)}
        if places:
            kept["images"] = places
        for name, known in (("paths", self._paths), ("texts", self._texts)):
            if mine := {text: known[text] for text in texts_in(value) if text in known}:
                kept[name] = mine
        return kept

    def _name(self, written: str, base: str) -> str | None:
        lower = written[:8].lower()
        if lower.startswith("data:"):
            head = _DATA_URL.match(written)
            return self._decoded(written, head[0]) if head else None
        if lower.startswith(("http://", "https://")):
            self._tally.case("image_address")
            return None
        if (found := self.of_base64(written)) is not None:
            return found
        return self._of_path(written, base)

    def _of_path(self, written: str, base: str) -> str | None:
        if (known := self._paths.get(written)) is not None:
            return known
        shown = written[:80]
        path = inside(base, written)
        if path is None:
            self._tally.case("image_outside", example=shown)
            return None
        data = self._source.image(path)
        if data is None:
            self._tally.case("image_missing", example=shown)
            return None
        name = self._accepted(data)
        if name is None:
            self._tally.case("image_unusable", example=shown)
            return None
        self._paths[written] = name
        return name

    def _decoded(self, text: str, head: str) -> str | None:
        if (known := self._named.get(text)) is not None:
            return known[0]
        if len(text) > MAX_ORIGINAL_BYTES * 4 // 3 + len(head) + 4:
            raise CaseError("cases_too_large", limit=MAX_ORIGINAL_BYTES // MEGABYTE)
        try:
            data = base64.b64decode(text[len(head) :])
        except (binascii.Error, ValueError):
            data = b""
        name = self._accepted(data)
        if name is None:
            self._tally.case("image_unusable", example=f"{text[:24]}…")
            return None
        self._named[text] = (name, head)
        return name

    def _accepted(self, data: bytes) -> str | None:
        ending = self._ending(data)
        if ending is None:
            return None
        name = image_name(hashlib.sha256(data).hexdigest(), ending)
        if name not in self.found:
            self._add(name, data)
        return name

    @staticmethod
    def _ending(data: bytes) -> str | None:
        try:
            inspect_image(data, "")
        except ImageError:
            return None
        kind = sniff(data)[0]
        return "jpg" if kind == "jpeg" else kind

    def _add(self, name: str, data: bytes) -> None:
        self._size += len(data)
        if self._size > MAX_IMAGES_BYTES:
            raise CaseError("cases_too_large", limit=MAX_IMAGES_BYTES // MEGABYTE)
        self.found[name] = data

    def _without(self, value: Any, path: list[Any], places: list[list[Any]]) -> Any:
        if isinstance(value, dict):
            return {k: self._without(v, [*path, k], places) for k, v in value.items()}
        if isinstance(value, list):
            return [self._without(v, [*path, n], places) for n, v in enumerate(value)]
        if isinstance(value, str) and len(value) > _LONG and (known := self._named.get(value)):
            name, head = known
            if f"{head}{encoded(self.found[name])}" == value:
                places.append([path, name, head])
                return ""
        return value


def unstowed(kept: Mapping[str, Any], images: Mapping[str, bytes]) -> Any:
    """What `Pictures.stowed` was given. Raises KeyError where an image is gone."""
    value = _copied(kept["value"])
    for path, name, head in kept.get("images", ()):
        text = f"{head}{encoded(images[name])}"
        if not path:
            return text
        at = value
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = text
    return value


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _copied(v) for k, v in value.items()}
    return [_copied(v) for v in value] if isinstance(value, list) else value


def encoded(data: bytes) -> str:
    """As base64."""
    return base64.b64encode(data).decode()


def data_url(data: bytes) -> str:
    return f"data:image/{sniff(data)[0]};base64,{encoded(data)}"


def as_url(image: Image, images: Mapping[str, bytes]) -> str:
    """As a data URL, or what stands there where there are no bytes."""
    data = images.get(image.image)
    return image.image if data is None else data_url(data)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value, of tables those that are no names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
