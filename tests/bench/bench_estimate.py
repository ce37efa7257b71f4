"""How soon a text of 200,000 characters is priced: `python -m tests.bench.bench_estimate`.

Of such a text, just pasted and after one more key: what stands at once ("about"), and the exact
figure; beside counting the whole text once more, which is how it was done before; and the exact
figure of as many random characters. Rounds take
turns and texts differ; on a noisy machine only the ratios mean anything. Prints, asserts nothing.
"""

import random
import statistics
import string
import time
from collections.abc import Callable, Sequence

from components.tokens import count_soon
from components.tokens.text import _count, _encoding

LENGTH, ROUNDS, MODEL = 200_000, 5, "gpt-4o"
LETTERS = "etaoinshrdlucmfw"
CHINESE = [chr(code) for code in range(0x4E00, 0x9FFF)]
SCATTERED = {
    "letters": string.ascii_letters,
    "signs": string.printable,
    "Chinese": CHINESE,
    "mixed": [*string.printable * 60, *CHINESE[:6000]],
}


def text(seed: int) -> str:
    """Words that nobody has counted yet, in sentences."""
    chance = random.Random(seed)
    found: list[str] = []
    while sum(map(len, found)) < LENGTH:
        words = ("".join(chance.choices(LETTERS, k=chance.randint(2, 9))) for _ in range(200))
        found.append(" ".join(w + ("." if chance.random() < 0.1 else "") for w in words))
    return " ".join(found)[:LENGTH]


def scattered(seed: int, letters: Sequence[str]) -> str:
    """As little like written text as can be: no word comes twice."""
    return "".join(random.Random(seed).choices(letters, k=LENGTH))


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _exact(written: str) -> int:
    count = count_soon(written, MODEL)
    return count.pending.result() if count.pending else count.tokens


def main() -> None:
    """A line per case: median in ms, and its ratio to counting all anew."""
    encoding = _encoding("o200k_base")
    _count("warm", encoding)
    found: dict[str, list[float]] = {"paste, about": [], "paste, exact": [], "key": [], "anew": []}
    for seed in range(ROUNDS):
        pasted = text(seed)
        found["paste, about"].append(timed(lambda it=pasted: count_soon(it, MODEL)))  # type: ignore[misc]
        rest = timed(lambda it=pasted: _exact(it))  # type: ignore[misc]
        found["paste, exact"].append(found["paste, about"][-1] + rest)
        found["key"].append(timed(lambda it=pasted + "x": _exact(it)))  # type: ignore[misc]
        found["anew"].append(timed(lambda it=pasted + "x": _count(it, encoding)))  # type: ignore[misc]
    anew = statistics.median(found["anew"])
    for seed in range(ROUNDS):
        for name, letters in SCATTERED.items():
            mixed = scattered(seed, letters)
            took = timed(lambda it=mixed: _exact(it))  # type: ignore[misc]
            found.setdefault(f"random {name}", []).append(took)
    for name, times in found.items():
        middle = statistics.median(times)
        print(f"{name:16} {middle:8.1f} ms   x {middle / anew:.2f} of counting all anew")


if __name__ == "__main__":
    main()
