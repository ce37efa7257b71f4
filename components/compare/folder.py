"""Images out of a zip, as a folder that somebody hands over."""

import io
from pathlib import PurePosixPath

from components.compare.errors import MAX_IMAGES
from components.export.zips import ForeignZip
from components.images.limits import MAX_ORIGINAL_BYTES

Files = list[tuple[str, bytes]]


def unpacked(files: Files) -> tuple[Files, int]:
    """`files`, with what is in zips in their place; at most MAX_IMAGES of each zip, by name.

    Also how many of zips' files were left out. Hidden files and folders of a system's own
    (__MACOSX) don't count. Raises ExportError for a damaged or enormous zip.
    """
    found: Files = []
    left_out = 0
    for name, content in files:
        if not content.startswith(b"PK\x03\x04"):
            found.append((name, content))
            continue
        archive = ForeignZip(io.BytesIO(content))
        inside = sorted(entry for entry in archive.names if _is_file(entry))
        left_out += max(0, len(inside) - MAX_IMAGES)
        for entry in inside[:MAX_IMAGES]:
            data = archive.read(entry, MAX_ORIGINAL_BYTES)
            if data is not None:
                found.append((PurePosixPath(entry).name, data))
    return found, left_out


def _is_file(entry: str) -> bool:
    parts = PurePosixPath(entry).parts
    return not entry.endswith("/") and not any(p.startswith((".", "__")) for p in parts)
