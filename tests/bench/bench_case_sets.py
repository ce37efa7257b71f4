"""How fast a set of 1,000 cases comes in and is shown: `python -m tests.bench.bench_case_sets`.

Prints, asserts nothing.
"""

import argparse
import io
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from components.cases.case import Case, CaseSet, Message, Text
from components.cases.case import Image as Shown
from components.cases.formats import of_files, read, write
from components.cases.keeping import contents_of
from components.cases.packing import packed
from db.store import open_store

SIDE = (1224, 817)  # a megapixel


def bundle(count: int) -> CaseSet:
    """Cases with an image each, no two alike."""
    noise = np.random.default_rng(7)
    images = {}
    for n in range(count):
        small = noise.integers(0, 255, (48, 72, 3), dtype=np.uint8)
        out = io.BytesIO()
        Image.fromarray(small).resize(SIDE).save(out, "JPEG", quality=85)
        images[f"images/{n:04}.jpg"] = out.getvalue()
    cases = tuple(
        Case(
            f"case-{n:04}",
            (Message("user", (Text(f"How many seeds are on plate {n}?"), Shown(name))),),
            expect=({"grader": "count", "value": str(n)},),
        )
        for n, name in enumerate(images)
    )
    return CaseSet("Plates", cases, images=images)


def timed(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--cases", type=int, default=1000)
    count = asked.parse_args().cases
    given = bundle(count)
    _, content = packed(write(given, "tuwen"))
    print(f"{count} cases with an image of 1 MP each, {len(content) / 1e6:.0f} MB as a zip")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'log.db'}"
        store = open_store(url)
        reading, came = timed(lambda: read(of_files([("plates.zip", content)])).cases)
        assert isinstance(came, CaseSet)
        looking, contents = timed(lambda: contents_of(came.images))
        keeping, _ = timed(lambda: store.cases.create("local", "s1", came, contents, "file"))  # type: ignore[arg-type]
        print(f"import: {reading + looking + keeping:.1f} s (goal 30)")
        print(f"  read {reading:.1f}, thumbnails {looking:.1f}, kept {keeping:.1f}")
        paging = [timed(lambda: store.cases.page("local", "s1", limit=25, offset=975))[0]]
        found = [timed(lambda: store.cases.count("local", "s1", "plate 77"))[0]]
        print(f"a page of rows {paging[0] * 1000:.0f} ms, a search {found[0] * 1000:.0f} ms")
        store.close()
        print(f"the list is drawn in {statistics.median(drawn(url)) * 1000:.0f} ms (goal 1000)")


def drawn(url: str) -> list[float]:
    """Seconds of each draw of the set's page."""
    from tests.pages.visiting import Person

    os.environ["DATABASE_URL"] = url
    person = Person(lang="en", set="s1").look().go("cases")
    return [timed(person.look)[0] for _ in range(5)]


if __name__ == "__main__":
    main()
