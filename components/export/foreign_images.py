"""The images of a file that is brought in: each must be what it says it is."""

import base64
import binascii
import hashlib
from typing import Any

from components.chat.store import NewImage
from components.errors import ImageError
from components.export.codec import invalid
from components.export.errors import ExportError
from components.export.limits import MAX_TEXT, MAX_THUMBNAIL_BYTES, MAX_THUMBNAIL_SIDE
from components.export.pictures import EXTENSIONS
from components.export.zips import ForeignZip
from components.images import inspect_image
from components.images.formats.sniff import sniff
from components.images.limits import MAX_ORIGINAL_BYTES


class ForeignImages:
    """The images of a file, read and checked when they are asked for."""

    def __init__(self, entries: dict[str, Any], archive: ForeignZip | None) -> None:
        self._entries = entries
        self._archive = archive

    def get(self, image_hash: str) -> NewImage:
        """An image by its hash. Raises ExportError."""
        name = image_hash[:12]
        entry = self._entries.get(image_hash)
        if entry is None:
            raise ExportError("import_image_missing", name=name)
        if not isinstance(entry, dict):
            invalid(f"images.{name}")
        kind, text = entry.get("media_type"), entry.get("text")
        if not isinstance(kind, str) or kind not in EXTENSIONS:
            invalid(f"images.{name}.media_type")
        if not isinstance(text, str) or len(text) > MAX_TEXT:
            invalid(f"images.{name}.text")
        content = self._bytes(entry, "content", f"images/{image_hash}.{EXTENSIONS[kind]}", name)
        thumbnail = self._bytes(entry, "thumbnail", f"thumbnails/{image_hash}", name)
        if hashlib.sha256(content).hexdigest() != image_hash:
            raise ExportError("import_image_changed", name=name)
        if sniff(content) != (kind.removeprefix("image/"), True):
            raise ExportError("import_image_unusable", name=name)
        _check_thumbnail(thumbnail, name)
        return NewImage(image_hash, content, kind, thumbnail, text)

    def _bytes(self, entry: dict[str, Any], field: str, file: str, name: str) -> bytes:
        most = MAX_ORIGINAL_BYTES if field == "content" else MAX_THUMBNAIL_BYTES
        if self._archive:
            data = self._archive.read(file, most)
            if data is None:
                raise ExportError("import_image_missing", name=name)
            return data
        packed = entry.get(field)
        if not isinstance(packed, str) or len(packed) > most * 4 // 3 + 4:
            invalid(f"images.{name}.{field}")
        try:
            return base64.b64decode(packed, validate=True)
        except (binascii.Error, ValueError):
            invalid(f"images.{name}.{field}")


def _check_thumbnail(data: bytes, name: str) -> None:
    """Pages show it as it is, so it must be small in every respect."""
    try:
        info = inspect_image(data, name) if data else None
    except ImageError:
        raise ExportError("import_image_unusable", name=name) from None
    if info and max(info.width, info.height) > MAX_THUMBNAIL_SIDE:
        raise ExportError("import_image_unusable", name=name)
