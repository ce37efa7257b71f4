"""An import is read in a process of its own: others go on, and it is whole or not there."""

import io
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from components.chat.store import NewImage, Restored, StoredConversation
from components.compare.folder import unpacked
from components.export import ExportError, ImageOf, bring_in, json_file, json_zip
from components.pricing.whatif import read_large
from components.worker import WorkerError
from db.store import Store, open_store
from tests.unit.compare.test_folder import zipped
from tests.unit.export.make import RED

IDS = ("c1", "c2")


def joined(pieces: Iterator[bytes]) -> bytes:
    return b"".join(pieces)


def talks(store: Store, owner: str = "me") -> list[StoredConversation]:
    return [found for each in IDS if (found := store.conversations.conversation(owner, each))]


def large(store: Store, image_of: ImageOf) -> bytes:
    """An export of 20 MB in one conversation and a few hundred others."""
    data = json.loads(joined(json_file(talks(store), image_of)))
    (plain,) = [each for each in data["conversations"] if each["id"] == "c2"]
    question, answer = plain["messages"]
    made = []
    for c, turns in enumerate([2000, *[2] * 300]):
        messages: list[dict[str, object]] = []
        for n in range(turns):
            last = messages[-1]["id"] if messages else None
            named = f"{c}-{n}"
            asked = question | {"id": f"q{named}", "parent_id": last, "text": "图片 " * 1000}
            tried = answer["attempt"] | {"id": f"t{named}"}
            told = {"id": f"a{named}", "parent_id": asked["id"], "attempt": tried}
            messages += [asked, answer | told]
        made.append(plain | {"id": f"c{c}", "messages": messages})
    content = json.dumps(data | {"conversations": made}).encode()
    return content + b" " * max(0, 20_000_000 - len(content))


@contextmanager
def beating() -> Iterator[list[int]]:
    """Another thread that counts as long as it gets a turn; a thread keeps the interpreter until
    it waits for something, so a turn means that nothing is being computed."""
    beats, stop = [0], threading.Event()

    def beat() -> None:
        while not stop.wait(0.01):
            beats[0] += 1

    usual, other = sys.getswitchinterval(), threading.Thread(target=beat)
    other.start()
    sys.setswitchinterval(100.0)
    try:
        yield beats
    finally:
        sys.setswitchinterval(usual)
        stop.set()
        other.join(10)


def test_others_go_on_while_a_large_export_is_read(store: Store, image_of: ImageOf) -> None:
    content = large(store, image_of)
    when_first: list[int] = []

    def restore(_: StoredConversation, __: list[NewImage]) -> Restored:
        when_first.append(beats[0])
        return "new"

    with beating() as beats:
        counts = bring_in(content, restore)
    assert counts["new"] == 301
    assert when_first[0] >= 20


def test_others_go_on_while_many_sizes_and_a_zip_are_read() -> None:
    rows = b"width,height,name\n" + b"1024,768,a photo of a street.jpg\n" * 99_000
    with beating() as beats:
        assert len(read_large(rows).rows) == 99_000
    assert beats[0] >= 10
    names = [f"folder/of/pictures/{n:05}.txt" for n in range(20_000)]
    many = zipped(*names, "z.png", content=b"notes")
    with beating() as beats:
        found, _ = unpacked([("a.zip", many)])
    assert len(found) == 20
    assert beats[0] >= 10


@pytest.mark.parametrize("form", [json_file, json_zip])
def test_it_brings_in_what_the_store_had(
    form: type, store: Store, image_of: ImageOf, tmp_path: Path
) -> None:
    content = joined(form(talks(store), image_of))
    (tmp_path / "other").mkdir()
    other = open_store(f"sqlite:///{tmp_path}/other/log.db")
    counts = bring_in(content, partial(other.conversations.restore, "she"))
    assert counts == {"new": 2, "known": 0, "conflict": 0}
    assert talks(other, "she") == talks(store)
    assert other.conversations.image("she", RED.hash) == RED
    assert bring_in(content, partial(other.conversations.restore, "she"))["known"] == 2
    other.close()


def never(_: StoredConversation, __: list[NewImage]) -> Restored:
    raise AssertionError("something was brought in")


def test_a_file_that_takes_too_long_brings_nothing_in(store: Store, image_of: ImageOf) -> None:
    with pytest.raises(WorkerError, match="file_too_complex"):
        bring_in(large(store, image_of), never, seconds=0.5)


def test_nor_does_one_whose_last_part_is_wrong(store: Store, image_of: ImageOf) -> None:
    data = json.loads(joined(json_file(talks(store), image_of)))
    data["conversations"][-1]["messages"][-1]["id"] = "no/id"
    with pytest.raises(ExportError, match="import_invalid"):
        bring_in(json.dumps(data).encode(), never)
    cut = joined(json_zip(talks(store), image_of))
    with pytest.raises(ExportError, match="import_damaged"):
        bring_in(io.BytesIO(cut).read(len(cut) // 2), never)
