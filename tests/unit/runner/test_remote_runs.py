"""What another process runs is looked at for all of its readers."""

import threading
import time
from itertools import pairwise

from components.errors import StoreError
from components.runner.remote_runs import RemoteRun


def test_all_readers_share_one_look() -> None:
    looks: list[float] = []
    every = 0.2

    def look() -> int:
        looks.append(time.monotonic())
        return len(looks)

    shared = RemoteRun(0, look, lambda seen: seen > 5, every)
    seen: list[int] = []

    def read() -> None:
        version, last = -1, 0
        while last <= 5:
            version, last = shared.wait_for(version, 1)
        seen.append(last)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(20)
    assert seen == [6] * 8
    assert len(looks) == 6
    assert all(b - a >= every for a, b in pairwise(looks))


def test_while_the_store_is_away_what_is_known_stays() -> None:
    answers: list[object] = [StoreError("store_busy"), StoreError("store_busy"), "more"]

    def look() -> str:
        found = answers.pop(0)
        if isinstance(found, StoreError):
            raise found
        return str(found)

    looked = RemoteRun("some", look, lambda seen: seen == "more", 0.05)
    assert looked.wait_for(0, 0.06)[1] == "some"
    version, seen = looked.wait_for(0, 5)
    assert (version, seen, looked.done) == (1, "more", True)
