"""Our own format: everything that the store knows, images too, so that it can be read back.

    {"format": "tuwen", "version": 1, "conversations": [...], "images": {hash: {...}}}

As one JSON file the images' bytes are in it (base64); as a zip they are files beside
`conversations.json`.
"""

import base64
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from components.chat.store import AttemptResult, NewImage, StoredAttempt, StoredConversation
from components.export.codec import to_data
from components.export.keys import without_keys
from components.export.pictures import ImageOf, distinct, file_name, hashes_of
from components.export.zips import zip_stream

FORMAT = "tuwen"
VERSION = 1
MAIN = "conversations.json"


def json_file(
    conversations: Iterable[StoredConversation], image_of: ImageOf, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """One JSON file in pieces, an image at a time. keys: known ones, masked everywhere."""
    hashes: set[str] = set()
    yield from _head(conversations, hashes, keys)
    for n, image in enumerate(_found(hashes, image_of)):
        data = _facts(image) | {
            "content": base64.b64encode(image.content).decode(),
            "thumbnail": base64.b64encode(image.thumbnail).decode(),
        }
        yield _entry(n, image.hash, data)
    yield b"}}\n"


def json_zip(
    conversations: Iterable[StoredConversation], image_of: ImageOf, keys: Collection[str] = ()
) -> Iterator[bytes]:
    """The same as a zip in pieces: conversations.json, images/ and thumbnails/."""
    hashes: set[str] = set()

    def main() -> Iterator[bytes]:
        yield from _head(conversations, hashes, keys)
        for n, image in enumerate(_found(hashes, image_of)):
            yield _entry(n, image.hash, _facts(image))
        yield b"}}\n"

    def entries() -> Iterator[tuple[str, Iterable[bytes]]]:
        yield MAIN, main()
        for image in _found(hashes, image_of):
            yield f"images/{file_name(image)}", [image.content]
            yield f"thumbnails/{image.hash}", [image.thumbnail]

    return zip_stream(entries())


def _head(
    conversations: Iterable[StoredConversation], hashes: set[str], keys: Collection[str]
) -> Iterator[bytes]:
    yield f'{{"format": "{FORMAT}", "version": {VERSION}, "conversations": ['.encode()
    for n, conversation in enumerate(conversations):
        clean = _at_rest(without_keys(conversation, keys))
        hashes.update(distinct(hashes_of(conversation), hashes))
        yield (",\n" if n else "\n").encode() + _dumped(to_data(clean))
    yield b'],\n"images": {'


def _at_rest(conversation: StoredConversation) -> StoredConversation:
    """With what is still running as interrupted: nobody goes on with it in a file."""

    def ended(attempt: StoredAttempt | None) -> StoredAttempt | None:
        if attempt is None or attempt.result.outcome != "running":
            return attempt
        result: AttemptResult = replace(attempt.result, outcome="interrupted")
        return replace(attempt, result=result)

    messages = tuple(replace(m, attempt=ended(m.attempt)) for m in conversation.messages)
    return replace(conversation, messages=messages)


def _found(hashes: set[str], image_of: ImageOf) -> Iterator[NewImage]:
    for each in sorted(hashes):
        if image := image_of(each):
            yield image


def _facts(image: NewImage) -> dict[str, object]:
    return {"media_type": image.media_type, "text": image.text}


def _entry(n: int, image_hash: str, data: dict[str, object]) -> bytes:
    return (",\n" if n else "\n").encode() + _dumped(image_hash) + b": " + _dumped(data)


def _dumped(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
