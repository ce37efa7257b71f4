"""Images out of a zip, as a folder that somebody hands over."""

import io
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from components import worker
from components.compare.errors import MAX_IMAGES
from components.compare.zip_names import names_of
from components.errors import ImageError
from components.export.zips import ForeignZip
from components.images import inspect_image
from components.images.formats.sniff import sniff
from components.images.limits import MAX_ORIGINAL_BYTES

Files = list[tuple[str, bytes]]
_HEAD = 512  # bytes that tell a format
_MOST_OTHERS = 20  # files that are no images and are named
_SYSTEM = {"thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "icon\r", "@eadir"}


def unpacked(files: Files, room: int = MAX_IMAGES) -> tuple[Files, int]:
    """`files`, with what is in zips in their place, by name; at most `room` images of zips.

    Also how many of the zips' images were left out. What isn't an image, or can't be read as one,
    comes along to be named but takes no image's place; hidden files and those that systems put
    beside pictures (__MACOSX, Thumbs.db, desktop.ini) don't come at all. Raises ExportError for a
    damaged or enormous zip, WorkerError for one that takes too long.
    """
    found: Files = []
    left_out = others = 0
    for name, content in files:
        if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            found.append((name, content))
            continue
        with worker.results(zipped, content, room, _MOST_OTHERS - others) as entries:
            for entry in entries:
                if entry is None:
                    left_out += 1
                    continue
                shown, data, usable = entry
                room -= usable
                others += not usable
                found.append((shown, data))
    return found, left_out


def zipped(content: bytes, room: int, others: int) -> Iterator[tuple[str, bytes, bool] | None]:
    """What `unpacked` takes of one zip: name, content, and whether it is a usable image; None for
    an image that was left out. room, others: how many images, and other files, are taken."""
    archive = ForeignZip(io.BytesIO(content))
    for shown, entry in _listed(archive):
        image = sniff(archive.head(entry, _HEAD))[1]
        if image and not room:
            yield None
        elif image or others > 0:
            data = archive.content(entry, MAX_ORIGINAL_BYTES)
            usable = image and _usable(data)
            room -= usable
            others -= not usable
            yield shown, data, usable


def _listed(archive: ForeignZip) -> Iterator[tuple[str, int]]:
    """(name, number) of its files, by path. Files of one name are told apart by their folders."""
    paths = [
        (PurePosixPath(*[p for p in PurePosixPath(name).parts if p not in ("/", "..")]), n)
        for n, name in enumerate(names_of(archive.entries))
        if _is_file(name)
    ]
    often = Counter(path.name for path, _ in paths)
    for path, n in sorted(paths):
        name = path.name if often[path.name] == 1 else str(path)
        yield "".join(c for c in name if c.isprintable()), n


def _is_file(name: str) -> bool:
    parts = [p for p in PurePosixPath(name).parts if p not in ("/", "..")]
    own = any(p.startswith((".", "__MACOSX", "$RECYCLE")) or p.lower() in _SYSTEM for p in parts)
    return bool(parts) and not name.endswith("/") and not own


def _usable(data: bytes) -> bool:
    try:
        inspect_image(data, "")
    except ImageError:
        return False
    return True
