"""Reading our own format back. The file may have been changed, or made to do harm."""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

from components import worker
from components.chat.store import NewImage, Restored, StoredConversation, StoredMessage
from components.export.check import check_conversation
from components.export.codec import from_data, invalid
from components.export.errors import ExportError
from components.export.foreign_images import ForeignImages
from components.export.json_out import FORMAT, MAIN, VERSION
from components.export.limits import (
    MAX_BRACKETS,
    MAX_COMMAS,
    MAX_CONVERSATIONS,
    MAX_FILE_BYTES,
    MAX_JSON_BYTES,
    MEGABYTE,
)
from components.export.pictures import distinct, hashes_of
from components.export.zips import ForeignZip

_PART = 200  # messages that are handed over at a time
Restore = Callable[[StoredConversation, list[NewImage]], Restored]


@dataclass(frozen=True)
class Import:
    """What was found in a file, all of it checked. image: an image by its hash."""

    conversations: Iterable[StoredConversation]
    image: Callable[[str], NewImage]

    def bring_in(self, restore: Restore) -> dict[Restored, int]:
        """Write everything through `restore` (the store's, for one owner). How many are new, were
        known, or were left out because their messages belong to another conversation."""
        counts: dict[Restored, int] = {"new": 0, "known": 0, "conflict": 0}
        for conversation in self.conversations:
            images = [self.image(each) for each in hashes_of(conversation)]
            counts[restore(conversation, images)] += 1
        return counts


def bring_in(
    content: bytes, restore: Restore, *, seconds: float | None = None
) -> dict[Restored, int]:
    """As `Import.bring_in`, of a file that is read and checked in a process of its own: the whole
    of it before anything is written. seconds: for reading it. Raises ExportError, WorkerError."""
    with worker.run(pieces, content, seconds=seconds) as found:
        images: dict[str, int] = {}

        def conversations() -> Iterator[StoredConversation]:
            said: list[StoredMessage] = []
            for number, piece in enumerate(found):
                if isinstance(piece, NewImage):
                    images[piece.hash] = number
                elif isinstance(piece, tuple):
                    said += piece
                else:
                    yield replace(piece, messages=tuple(said))
                    said = []

        def image(image_hash: str) -> NewImage:
            return cast(NewImage, found[images[image_hash]])

        return Import(conversations(), image).bring_in(restore)


def pieces(content: bytes) -> Iterator[NewImage | tuple[StoredMessage, ...] | StoredConversation]:
    """What is in an export, in pieces that are small to read: of each conversation the images that
    weren't there yet, its messages, so many at a time, and the rest of it."""
    found = _read(io.BytesIO(content))
    seen: set[str] = set()
    for conversation in found.conversations:
        for image_hash in distinct(hashes_of(conversation), seen):
            yield found.image(image_hash)
        for start in range(0, len(conversation.messages), _PART):
            yield conversation.messages[start : start + _PART]
        yield replace(conversation, messages=())


def read_export(file: BinaryIO) -> Import:
    """Read and check an export, JSON or zip; nothing is written. Raises ExportError."""
    found = _read(file)
    for conversation in found.conversations:
        for each in hashes_of(conversation):
            found.image(each)
    return found


def _read(file: BinaryIO) -> Import:
    """All but the images, which are checked when they are asked for."""
    size = file.seek(0, 2)
    if size > MAX_FILE_BYTES:
        raise ExportError("import_too_large", limit=MAX_FILE_BYTES // MEGABYTE)
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    archive = ForeignZip(file) if start == b"PK\3\4" else None
    data = archive.read(MAIN, MAX_JSON_BYTES) if archive else file.read(MAX_JSON_BYTES + 1)
    if data is None:
        raise ExportError("import_not_ours")
    if len(data) > MAX_JSON_BYTES:
        raise ExportError("import_too_large", limit=MAX_JSON_BYTES // MEGABYTE)
    head = _checked_head(_parsed(data))
    images = ForeignImages(head["images"], archive)
    return Import(_conversations(head["conversations"]), images.get)


def _parsed(data: bytes) -> Any:
    if data.count(b"{") + data.count(b"[") > MAX_BRACKETS or data.count(b",") > MAX_COMMAS:
        raise ExportError("import_too_large", limit=MAX_JSON_BYTES // MEGABYTE)
    if data.lstrip()[:1] != b"{":
        raise ExportError("import_not_ours")
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError):  # also: a number of thousands of digits
        raise ExportError("import_damaged") from None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _checked_head(head: Any) -> dict[str, Any]:
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise ExportError("import_not_ours")
    version = head.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version < 10**6:
        invalid("version")
    if version > VERSION:
        raise ExportError("import_newer", found=version, known=VERSION)
    if not isinstance(head.get("conversations"), list):
        invalid("conversations")
    if not isinstance(head.get("images"), dict):
        invalid("images")
    return head


def _conversations(data: list[Any]) -> tuple[StoredConversation, ...]:
    if len(data) > MAX_CONVERSATIONS:
        invalid("conversations")
    found = []
    for n, each in enumerate(data):
        place = f"conversations[{n}]"
        found.append(check_conversation(from_data(StoredConversation, each, place), place))
    return tuple(found)
