"""The files that somebody hands over: one file, a folder or a zip. Nothing outside is ever read."""

import io
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipInfo

from components.cases.errors import CaseError
from components.cases.limits import (
    MAX_FILES,
    MAX_TEXT_BYTES,
    MAX_ZIP_BYTES,
    MEGABYTE,
)
from components.images.limits import MAX_ORIGINAL_BYTES

if TYPE_CHECKING:  # all of exports comes with it, and most files are no zip
    from components.export.errors import ExportError
    from components.export.zips import ForeignZip

_DRIVE = re.compile(r"[A-Za-z]:")
_ZIP = (b"PK\3\4", b"PK\5\6")


@dataclass(frozen=True)
class Source:
    """name: of what was given, for sentences and as the set's name. main: the file that was given,
    None for a folder or a zip. names: its files, paths with "/", in order."""

    name: str
    main: str | None
    names: tuple[str, ...]
    _bytes: Callable[[str, int], bytes | None]

    def text_file(self, name: str) -> bytes:
        """A file that holds cases. Raises CaseError cases_file, cases_too_large."""
        data = self._bytes(name, MAX_TEXT_BYTES)
        if data is None:
            raise CaseError("cases_file", name=name)
        return data

    def maybe(self, name: str | None) -> bytes | None:
        """As `text_file`, None for what isn't there."""
        return None if name is None else self._bytes(name, MAX_TEXT_BYTES)

    def image(self, name: str) -> bytes | None:
        """None for what isn't there. Raises CaseError cases_too_large."""
        return self._bytes(name, MAX_ORIGINAL_BYTES)


def inside(base: str, written: str) -> str | None:
    """The path that a file in the folder `base` names, from the root; None for one that leads out:
    absolute, with a drive, of a server, or with more ".." than there are folders."""
    path = written.removeprefix("file://").replace("\\", "/")
    if not path or "\0" in path or path.startswith(("/", "~")) or _DRIVE.match(path):
        return None
    parts: list[str] = [part for part in base.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or None


def folder_of(name: str) -> str:
    """`a/b.json` -> `a`; of a file at the root "\"."""
    return name.rpartition("/")[0]


@contextmanager
def opened(path: Path, root: Path | None = None) -> Iterator[Source]:
    """What is at `path`. root: the folder out of which nothing is read; the file's own one if None.
    Raises CaseError cases_file, cases_damaged, cases_too_large, cases_too_many."""
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            yield _folder(path, path.name or path.resolve().name, root)
            return
        if not stat.S_ISREG(kind):
            raise CaseError("cases_file", name=path.name)
        with path.open("rb") as file:
            zipped = file.read(4) in _ZIP
            if zipped:
                if path.stat().st_size > MAX_ZIP_BYTES:
                    raise CaseError("cases_too_large", limit=MAX_ZIP_BYTES // MEGABYTE)
                from components.export.errors import ExportError
                from components.export.zips import ForeignZip

                try:
                    archive = ForeignZip(file)
                except ExportError as error:
                    raise _as_ours(error) from None
                yield _zip(archive, path.stem)
                return
    except (OSError, ValueError):
        raise CaseError("cases_file", name=path.name) from None
    yield _file(path, root)


def of_bytes(content: bytes, name: str) -> Source:
    """One file that came without a folder; a zip isn't opened."""

    def read(wanted: str, most: int) -> bytes | None:
        return _at_most(content, most) if wanted == name else None

    return Source(PurePosixPath(name).stem, name, (name,), read)


def of_files(files: Sequence[tuple[str, bytes]]) -> Source:
    """Files that came together, by their names, as one folder; what is in a zip lies there too.
    Raises CaseError cases_damaged, cases_too_large."""
    parts = [_alone(name, content) for name, content in files]
    if len(parts) == 1:
        return parts[0]
    names = dict.fromkeys(name for part in parts for name in part.names)

    def read(name: str, most: int) -> bytes | None:
        found = (part._bytes(name, most) for part in parts)
        return next((data for data in found if data is not None), None)

    return Source(parts[0].name, None, tuple(names), read)


def _alone(name: str, content: bytes) -> Source:
    if content[:4] not in _ZIP:
        return of_bytes(content, name)
    from components.export.errors import ExportError
    from components.export.zips import ForeignZip

    try:
        return _zip(ForeignZip(io.BytesIO(content)), PurePosixPath(name).stem)
    except ExportError as error:
        raise _as_ours(error) from None


def _at_most(content: bytes | None, most: int) -> bytes | None:
    if content is not None and len(content) > most:
        raise CaseError("cases_too_large", limit=most // MEGABYTE)
    return content


def _file(path: Path, root: Path | None) -> Source:
    top = (root or path.parent).resolve()
    whole = path.parent.resolve() / path.name
    if not whole.is_relative_to(top):
        raise CaseError("cases_file", name=path.name)
    main = whole.relative_to(top).as_posix()
    within = _reader(top)

    def read(name: str, most: int) -> bytes | None:
        # The file itself was named by whoever asks: it may be a link.
        return _read(path, most) if name == main else within(name, most)

    return Source(path.stem, main, (main,), read)


def _folder(path: Path, name: str, root: Path | None) -> Source:
    top = path.resolve()
    names: list[str] = []
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        below = Path(folder).relative_to(top)
        names += [(below / f).as_posix() for f in sorted(files) if not f.startswith(".")]
        if len(names) > MAX_FILES:
            raise CaseError("cases_too_many", limit=MAX_FILES)
    if root is None:
        return Source(name, None, tuple(names), _reader(top))
    wider = root.resolve()
    if not top.is_relative_to(wider):
        raise CaseError("cases_file", name=name)
    prefix = top.relative_to(wider)
    inner = tuple((prefix / each).as_posix() for each in names)
    return Source(name, None, inner, _reader(wider))


def _reader(top: Path) -> Callable[[str, int], bytes | None]:
    def read(name: str, most: int) -> bytes | None:
        if inside("", name) != name:
            return None
        try:
            path = (top / name).resolve(strict=True)  # links, too, must stay inside
        except (OSError, ValueError, RuntimeError):
            return None
        return _read(path, most) if path.is_relative_to(top) else None

    return read


def _read(path: Path, most: int) -> bytes | None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            return None
        if found.st_size > most:
            raise CaseError("cases_too_large", limit=most // MEGABYTE)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError):
        return None
    if len(data) > most:
        raise CaseError("cases_too_large", limit=most // MEGABYTE)
    return data


def _zip(archive: "ForeignZip", name: str) -> Source:
    from components.export.errors import ExportError

    numbers: dict[str, int] = {}
    for number, entry in enumerate(archive.entries):
        if inside("", entry.filename) == entry.filename and not _is_link(entry):
            numbers.setdefault(entry.filename, number)
    # A folder that was zipped whole is the only thing in it.
    tops = {each.partition("/")[0] for each in numbers if not each.startswith("__MACOSX/")}
    top = f"{tops.pop()}/" if len(tops) == 1 and all("/" in each for each in numbers) else ""
    names = tuple(
        each.removeprefix(top)
        for each in numbers
        if each.startswith(top) and not PurePosixPath(each).name.startswith(".")
    )

    def read(wanted: str, most: int) -> bytes | None:
        number = numbers.get(top + wanted)
        if number is None:
            return None
        try:
            return archive.content(number, most)
        except ExportError as error:
            raise _as_ours(error) from None

    return Source(name, None, names, read)


def _is_link(entry: ZipInfo) -> bool:
    return stat.S_ISLNK(entry.external_attr >> 16)


def _as_ours(error: "ExportError") -> CaseError:
    if error.code == "import_too_large":
        return CaseError("cases_too_large", limit=str(error.data["limit"]))
    return CaseError("cases_damaged", place="zip")
