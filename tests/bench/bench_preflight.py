"""What the checks miss, where they cry wolf, and how long they take.

    python -m tests.bench.bench_preflight [--only turned,small,...]

Every case is labelled by how it was made: samples and real pictures as they are, turned, blurred,
darkened, paled, shrunk; pages drawn with known text; questions labelled by hand in
tests/unit/preflight/questions.toml. A miss is a label that no finding has; a false alarm is a
finding of the same part without its label.
"""

import argparse
import hashlib
import statistics
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image

from components.errors import ImageError
from components.images import decode_upright
from components.images.pool import shared_pool
from components.preflight import ImageAnalyzer, ImageToCheck, PlannedRequest, check
from components.preflight.words import topics
from components.samples import samples
from tests.bench.support.pictures import photograph
from tests.support.paths import ROOT
from tests.unit.images.make import exif
from tests.unit.preflight.drawn import (
    blurred,
    darkened,
    encoded,
    page,
    paled,
    shared_images,
    turned,
)

MODEL = "gpt-4o"
REAL = (
    "exif-orientation/Landscape_1.jpg",
    "exif-orientation/Portrait_1.jpg",
    "pillow/Tests/images/flower.jpg",
    "pillow/Tests/images/flower.webp",
    "pillow/Tests/images/hopper.jpg",
    "pillow/Tests/images/iptc.jpg",
    "pillow/Tests/images/sugarshack.mpo",
)
GOAL_MS = 50


@dataclass(frozen=True)
class Case:
    """A picture, and the codes that are true of it among those of its part."""

    part: str
    name: str
    content: bytes
    true: frozenset[str]
    detail: str = "high"


PARTS: dict[str, tuple[frozenset[str], bool]] = {  # codes judged, whether text is read
    "turned": (frozenset({"turned"}), True),
    "small": (frozenset({"text_lost", "text_small"}), True),
    "quality": (frozenset({"blurred", "dark", "low_contrast"}), False),
    "shape": (frozenset({"panorama", "long_shape", "sliver"}), False),
    "privacy": (
        frozenset(
            {
                "place_removed",
                "camera_removed",
                "private_card",
                "private_id",
                "private_key",
                "private_mail",
            }
        ),
        True,
    ),
}


def clean_pictures() -> Iterator[tuple[str, Image.Image]]:
    for sample in samples():
        for name, content in sample.pictures():
            yield name, decode_upright(content, None, name)
    folder = shared_images()
    for name in REAL if folder else ():
        assert folder is not None
        path = folder / name
        if path.exists():
            yield path.name, decode_upright(path.read_bytes(), None, path.name)


def turned_cases() -> Iterator[Case]:
    """Samples with text, and photos without."""
    with_text = ("stadium_sign", "shop_sign", "chart", "comic", "code", "physics")
    for name, picture in clean_pictures():
        text = name.startswith(with_text)
        angles = (0, 90, 180, 270) if text else (0,)
        for angle in angles:
            true = frozenset({"turned"} if angle else ())
            yield Case("turned", f"{name} {angle}", encoded(turned(picture, angle)), true, "low")


def small_cases() -> Iterator[Case]:
    """Pages whose lines are so and so tall after low's shrinking to 512 px (from 1600)."""
    for height in (12, 16, 20, 40, 60):
        seen = height * 512 / 1600
        true = frozenset({"text_lost"} if seen < 5 else {"text_small"} if seen < 8 else ())
        yield Case("small", f"{seen:.0f} px", encoded(page(height)), true, "low")
    for height in (14, 24):
        seen = height * 1024 / 1600
        true = frozenset({"text_small"} if seen < 10 else ())
        yield Case("small", f"{seen:.0f} px", encoded(page(height)), true)
    for name, picture in clean_pictures():
        if name.startswith(("stadium_sign", "seeds", "dogs", "comic", "sketch")):
            yield Case("small", name, encoded(picture), frozenset())


def quality_cases() -> Iterator[Case]:
    for name, picture in clean_pictures():
        yield Case("quality", name, encoded(picture), frozenset())
        for radius in (2, 4, 8):
            content = encoded(blurred(picture, radius))
            yield Case("quality", f"{name} blurred {radius}", content, frozenset({"blurred"}))
        yield Case("quality", f"{name} dark", encoded(darkened(picture)), frozenset({"dark"}))
        pale = frozenset({"low_contrast"})
        yield Case("quality", f"{name} pale", encoded(paled(picture)), pale)


def shape_cases() -> Iterator[Case]:
    photo = photograph(1200, 900)
    for size, code in (
        ((20000, 500), "panorama"),
        ((500, 9000), "panorama"),
        ((8000, 1500), "panorama"),
        ((3000, 20), "sliver"),
        ((900, 200), "long_shape"),
        ((1600, 900), ""),
        ((4000, 3000), ""),
        ((1080, 2400), ""),
        ((512, 512), ""),
    ):
        content = encoded(photo.resize(size), "JPEG")
        yield Case("shape", f"{size}", content, frozenset({code} if code else ()))


def privacy_cases() -> Iterator[Case]:
    for text, code in (
        ("Card 4111 1111 1111 1111 exp 09/29", "private_card"),
        ("5500-0055-5555-5559", "private_card"),
        ("身份证号 11010519491231002X", "private_id"),
        ("SSN: 219-09-9999", "private_id"),
        ("AKIAIOSFODNN7EXAMPLE", "private_key"),
        ("Write to martha.miller@example.org", "private_mail"),
        ("Order 4111 1111 1111 1112", ""),
        ("Tel. +49 30 1234 5678 901", ""),
        ("ISBN 978-3-16-148410-0", ""),
        ("Serial 1234567890123456", ""),
        ("Meeting @ 10:30, room 5.14", ""),
        ("订单号 110105194912310029", ""),
    ):
        picture = page(34, size=(900, 300), lines=(text,)) if text.isascii() else chinese(text)
        yield Case("privacy", text, encoded(picture), frozenset({code} if code else ()))
    photo = photograph(800, 600)
    place = encoded(photo, "JPEG", exif=exif(1, place=True))
    yield Case("privacy", "with a place", place, frozenset({"place_removed"}))
    yield Case("privacy", "without", encoded(photo, "JPEG", exif=exif(1)), frozenset())


def chinese(text: str) -> Image.Image:
    """The number alone: Pillow's own font has no Chinese."""
    return page(34, size=(900, 300), lines=("".join(c for c in text if c.isascii()).strip(),))


CASES = {
    "turned": turned_cases,
    "small": small_cases,
    "quality": quality_cases,
    "shape": shape_cases,
    "privacy": privacy_cases,
}


def judge(cases: Iterable[Case], analyzer: ImageAnalyzer) -> None:
    codes, read = PARTS[next(iter(cases := list(cases))).part]
    positives: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    alarms: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        picture = ImageToCheck(case.content, case.name, MODEL, case.detail)
        facts = analyzer.facts(picture, read=read, wait=read)
        found = {finding.code for finding in check([facts], PlannedRequest(MODEL, "x"))} & codes
        positives.update(case.true)
        for code in case.true - found:
            missed[code].append(case.name)
        for code in found - case.true:
            alarms[code].append(case.name)
    for code in sorted(codes):
        row(code, positives[code], missed[code], len(cases) - positives[code], alarms[code])


def judge_questions() -> None:
    for name in ("questions", "questions_unseen"):
        path = ROOT / "tests/unit/preflight" / f"{name}.toml"
        print(f"{name}.toml")
        judge_labelled(tomllib.loads(path.read_text("utf-8")))


def judge_labelled(labelled: dict[str, dict[str, list[str]]]) -> None:
    for lang, questions in labelled.items():
        for topic in sorted({topic for true in questions.values() for topic in true}):
            yes = [q for q, true in questions.items() if topic in true]
            no = [q for q in questions if q not in yes]
            missed = [q for q in yes if topic not in topics(q)]
            alarms = [q for q in no if topic in topics(q)]
            row(f"{topic} ({lang})", len(yes), missed, len(no), alarms)


def row(code: str, yes: int, missed: list[str], no: int, alarms: list[str]) -> None:
    names = "; ".join([f"missed {n}" for n in missed[:6]] + [f"alarm {n}" for n in alarms[:6]])
    print(f"{code:24}{len(missed):4} of {yes:<5}{len(alarms):4} of {no:<5} {names}", flush=True)


def real_files(analyzer: ImageAnalyzer) -> None:
    """Everything beside the repository, unread: nothing is labelled, so flags are counted."""
    folder = shared_images()
    if folder is None:
        print("no shared pictures beside the repository")
        return
    flags: Counter[str] = Counter()
    looked = refused = 0
    slowest = 0.0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        start = time.perf_counter()
        try:
            facts = analyzer.facts(
                ImageToCheck(path.read_bytes(), path.name, MODEL, "high"), read=False
            )
        except ImageError:
            refused += 1
            continue
        flags.update({finding.code for finding in check([facts], PlannedRequest(MODEL, "x"))})
        slowest = max(slowest, time.perf_counter() - start)
        looked += 1
    print(f"{looked} real files looked at, {refused} refused, slowest {slowest * 1000:.0f} ms")
    print("  flagged:", ", ".join(f"{code} {count}" for code, count in flags.most_common()))


def times() -> None:
    photo = photograph(4032, 3024)
    for kind, options in (
        ("JPEG", {"quality": 92}),
        ("WEBP", {"quality": 90, "method": 2}),
        ("PNG", {"compress_level": 6}),
    ):
        out = BytesIO()
        photo.save(out, kind, **options)
        for model, detail in (("gpt-4o", "low"), ("gpt-4o", "high"), ("gpt-6-luna", "auto")):
            picture = ImageToCheck(out.getvalue(), "photo", model, detail)
            # As the tray does when a picture comes in.
            digest = hashlib.sha256(picture.content).digest()
            shared_pool().thumbnail(picture.content, "photo", digest=digest)
            picture = replace(picture, digest=digest)
            took = [first_and_again(picture) for _ in range(5)]
            first, again = (statistics.median(one) for one in zip(*took, strict=True))
            late = f"  MISSED: over {GOAL_MS} ms" if kind == "JPEG" and first > GOAL_MS else ""
            print(f"12 MP {kind:5}{model:>11} {detail:5}{first:7.1f} ms, again {again:5.2f}{late}")


def first_and_again(picture: ImageToCheck) -> tuple[float, float]:
    analyzer, asking = ImageAnalyzer(), PlannedRequest(picture.model, "How many dogs are there?")
    took = []
    for _ in range(2):
        start = time.perf_counter()
        check([analyzer.facts(picture, read=False)], asking)
        took.append((time.perf_counter() - start) * 1000)
    return took[0], took[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    names = [*CASES, "questions", "real", "times"]
    parser.add_argument("--only", default=",".join(names))
    wanted = parser.parse_args().only.split(",")
    analyzer = ImageAnalyzer()
    print(f"{'':24}{'missed':>12}{'false alarms':>14}")
    for part, make in CASES.items():
        if part in wanted:
            judge(make(), analyzer)
    if "questions" in wanted:
        judge_questions()
    if "real" in wanted:
        real_files(analyzer)
    if "times" in wanted:
        times()


if __name__ == "__main__":
    main()
