"""Preparing images against what tutorials do and against libvips: time, memory, bytes.

    python -m tests.bench.bench_images [--repeats 5] [--only jpeg] [--fuzz 30000]

Every measurement runs in a process of its own (peak memory never shrinks within one), methods
take turns, and medians are shown; on a noisy machine only the ratios mean anything.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from tests.bench.support.inputs import PICTURES

MODEL = "gpt-4o"
METHODS = ("ours", "naive", "vips", "vips forced")
Size = tuple[int, int]


def ours(data: bytes, detail: str, size: Size) -> str:
    from components.images import prepare_image

    return prepare_image(data, "bench", model=MODEL, detail=detail).data_url


def naive(data: bytes, detail: str, size: Size) -> str:
    from PIL import Image

    im = Image.open(BytesIO(data)).convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    im.save(out, "JPEG", quality=95)
    return b64encode(out.getvalue()).decode()


def vips(data: bytes, detail: str, size: Size) -> str:
    import pyvips

    im = pyvips.Image.thumbnail_buffer(data, size[0], height=size[1], size="down")
    return _vips_save(im, data)


def vips_forced(data: bytes, detail: str, size: Size) -> str:
    """libvips told to shrink while it loads, further than `thumbnail` dares."""
    import pyvips

    head = pyvips.Image.new_from_buffer(data, "")
    if data[:2] == b"\xff\xd8":
        shrink = max(s for s in (1, 2, 4, 8) if head.width >= s * size[0] or s == 1)
        head = pyvips.Image.new_from_buffer(data, "", shrink=shrink, access="sequential")
    elif data[:4] == b"RIFF":
        scale = min(1.0, size[0] / head.width)
        head = pyvips.Image.new_from_buffer(data, "", scale=scale, access="sequential")
    else:
        head = pyvips.Image.new_from_buffer(data, "", access="sequential")
    im = head.thumbnail_image(size[0], height=size[1], size="down")
    return _vips_save(im, data)


def _vips_save(im: "object", data: bytes) -> str:
    """As libvips does it: photos as JPEG, screenshots (our PNG inputs but one) as WebP."""
    if im.hasalpha():  # type: ignore[attr-defined]
        im = im.flatten(background=255)  # type: ignore[attr-defined]
    if data[:4] == b"\x89PNG" and len(data) < 5_000_000:
        saved = im.webpsave_buffer(Q=85, effort=0, keep="none")  # type: ignore[attr-defined]
    else:
        saved = im.jpegsave_buffer(Q=85, optimize_coding=True, keep="none")  # type: ignore[attr-defined]
    return b64encode(saved).decode()


FUNCTIONS: dict[str, Callable[[bytes, str, Size], str]] = {
    "ours": ours,
    "naive": naive,
    "vips": vips,
    "vips forced": vips_forced,
}


def measure(method: str, path: Path, detail: str) -> dict[str, float]:
    """In this process: median ms of three calls, peak extra MB of the first, MB sent."""
    import psutil

    from components.images import inspect_image
    from components.images.geometry import target_size

    data, function = path.read_bytes(), FUNCTIONS[method]
    info = inspect_image(data, path.name)
    size = target_size(MODEL, (info.width, info.height), detail, path.name)
    function(_tiny(path.suffix), detail, (8, 8))
    before = psutil.Process().memory_info().rss
    times = []
    peak = 0
    for _ in range(3):
        start = time.perf_counter()
        sent = function(data, detail, size)
        times.append((time.perf_counter() - start) * 1e3)
        peak = peak or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    return {"ms": statistics.median(times), "mb": peak / 1e6, "sent": len(sent) * 0.75 / 1e6}


def _tiny(suffix: str) -> bytes:
    """A first picture, so that imports and set-up are not measured."""
    from PIL import Image

    out = BytesIO()
    Image.effect_noise((64, 64), 50).convert("RGB").save(out, suffix[1:].upper())
    return out.getvalue()


def in_process(*job: str) -> dict[str, float]:
    """A job in a new process. This one stays small: a child inherits its parent's peak."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_images", "--job", *job],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(run.stdout))


def compare(folder: Path, repeats: int, only: str) -> None:
    print(f"{'input':28}{'method':13}{'ms':>7}{'x':>6}{'vips x':>8}{'MB peak':>9}{'kB sent':>9}")
    for picture in PICTURES:
        if only not in picture.name:
            continue
        path = folder / picture.file
        runs: dict[str, list[dict[str, float]]] = {method: [] for method in METHODS}
        for _ in range(repeats):
            for method in METHODS:
                runs[method].append(in_process("measure", method, str(path), picture.detail))
        medians = {
            m: {k: statistics.median(r[k] for r in rows) for k in rows[0]}
            for m, rows in runs.items()
        }
        _report(picture.name, medians, path.stat().st_size)


def _report(name: str, medians: dict[str, dict[str, float]], size: int) -> None:
    """`x`: how many times faster than naive; `vips x`: time against forced libvips."""
    for i, (method, found) in enumerate(medians.items()):
        label = f"{name} {size / 1e6:.1f}MB" if not i else ""
        faster = medians["naive"]["ms"] / found["ms"]
        against = found["ms"] / medians["vips forced"]["ms"]
        print(
            f"{label:28}{method:13}{found['ms']:7.0f}{faster:6.2f}{against:8.2f}"
            f"{found['mb']:9.0f}{found['sent'] * 1000:9.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", default="", help="part of an input's name")
    parser.add_argument("--fuzz", type=int, default=30_000, help="mutated files, 0 for none")
    parser.add_argument("--job", nargs="*", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.job:
        kind, *rest = chosen.job
        if kind == "write":
            from tests.bench.support.pictures import write_pictures

            write_pictures(Path(rest[0]), rest[1])
        print(json.dumps(measure(rest[0], Path(rest[1]), rest[2]) if kind == "measure" else {}))
        return
    with tempfile.TemporaryDirectory() as folder:
        in_process("write", folder, chosen.only)
        compare(Path(folder), chosen.repeats, chosen.only)
    if chosen.fuzz and not chosen.only:
        from tests.unit.images.mutations import run_mutations

        print(run_mutations(chosen.fuzz, seed=30_000))


if __name__ == "__main__":
    main()
