"""Writing zip files piece by piece, and opening foreign ones with care."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from components.export.errors import ExportError
from components.export.limits import MAX_ENTRIES, MAX_UNPACKED_BYTES, MEGABYTE

_ENTRY_DATE = (1980, 1, 1, 0, 0, 0)  # the same content makes the same file


class _Pipe(io.RawIOBase):
    """Takes what zipfile writes until it is asked for."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_stream(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A zip of (name, content in pieces), in pieces. Images are stored, texts are packed."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", allowZip64=True) as archive:
        for name, pieces in entries:
            entry = zipfile.ZipInfo(name, _ENTRY_DATE)
            entry.external_attr = 0o600 << 16
            text = name.endswith((".json", ".md", ".html", ".csv", ".jsonl"))
            entry.compress_type = zipfile.ZIP_DEFLATED if text else zipfile.ZIP_STORED
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


class ForeignZip:
    """A zip that may be a trap. Raises ExportError: import_damaged, import_too_large."""

    def __init__(self, file: BinaryIO) -> None:
        # Each entry becomes an object ten times its size, before anybody has counted them.
        if _signatures(file) > 2 * MAX_ENTRIES:
            raise ExportError("import_too_large", limit=MAX_UNPACKED_BYTES // MEGABYTE)
        try:
            self._archive = zipfile.ZipFile(file)
            entries = self._archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise ExportError("import_damaged") from None
        if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED_BYTES:
            raise ExportError("import_too_large", limit=MAX_UNPACKED_BYTES // MEGABYTE)
        self.entries = entries
        self._entries = {entry.filename: entry for entry in entries}

    @property
    def names(self) -> list[str]:
        """Of all entries, folders too."""
        return list(self._entries)

    def read(self, name: str, most: int) -> bytes | None:
        """What is in it under this very name, None for nothing; at most `most` bytes."""
        entry = self._entries.get(name)
        return None if entry is None else self._whole(entry, most)

    def content(self, number: int, most: int) -> bytes:
        """What is in entry `number` (from 0), at most `most` bytes."""
        return self._whole(self.entries[number], most)

    def head(self, number: int, size: int) -> bytes:
        """The first `size` bytes of it, or all there are."""
        return self._read(self.entries[number], size)

    def _whole(self, entry: zipfile.ZipInfo, most: int) -> bytes:
        data = self._read(entry, most + 1)  # not what the entry says of itself
        if len(data) > most:
            raise ExportError("import_too_large", limit=most // MEGABYTE)
        return data

    def _read(self, entry: zipfile.ZipInfo, size: int) -> bytes:
        kinds = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if entry.compress_type not in kinds or entry.flag_bits & 1:
            raise ExportError("import_damaged")
        try:
            with self._archive.open(entry) as file:
                return file.read(size)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error):
            raise ExportError("import_damaged") from None


def _signatures(file: BinaryIO) -> int:
    """How often the mark of a directory entry stands in the file."""
    file.seek(0)
    found = sum(piece.count(b"PK\1\2") for piece in iter(lambda: file.read(MEGABYTE), b""))
    file.seek(0)
    return found
