"""The table of bench_chat.py: who is how fast, and which goals are met."""

import statistics
from dataclasses import dataclass

Figures = dict[str, list[float]]


@dataclass(frozen=True)
class Line:
    """A line of the table. goal: how many times the plain page's time ours is to fit into."""

    key: str
    label: str
    goal: float | None = None


LINES = (
    Line("text", "Enter to the request's arrival, text", 2.5),
    Line("photo", "the same, 12 MP photo attached"),
    Line("again", "the same, next turn (photo goes again)", 6.0),
    Line("first", "first byte to first letter on the screen", 2.0),
    Line("last", "last byte to all on the screen"),
    Line("burst", "2,000 tokens at once, all on the screen", 6.0),
    Line("burst first", "the same, first letter"),
    Line("long", "turn 200: Enter to arrival"),
    Line("long first", "turn 200: first byte to first letter"),
    Line("20", "20 at once, without pages: to the last arrival"),
    Line("20 last", "20 at once, without pages: last byte to whole text"),
    Line("20 cpu", "20 at once, without pages: CPU"),
)


def report(found: dict[str, Figures], sizes: dict[str, int], repeats: int) -> None:
    """The table, and which goals are met."""
    median = {
        who: {key: statistics.median(v) for key, v in figures.items()}
        for who, figures in found.items()
    }
    ours, plain, bare = (median[who] for who in ("ours", "plain", "bare"))
    print(f"| ms, medians of {repeats} | Tuwen | plain page | bare client | plain / Tuwen | goal |")
    print("|---|---|---|---|---|---|")
    for line in LINES:
        mine, its, least = (each.get(line.key) for each in (ours, plain, bare))
        cells = [_ms(value) for value in (mine, its, least)]
        ratio = its / mine if mine and its else None
        cells.append(f"{ratio:.1f} x" if ratio else "")
        met = "" if line.goal is None or ratio is None else _met(ratio >= line.goal)
        cells.append(f"{line.goal:g} x: {met}" if line.goal else "")
        print(f"| {line.label} | {' | '.join(cells)} |")
    for label, late, early in (
        ("arrival", "long", "text"),
        ("first letter", "long first", "first"),
    ):
        if late not in ours:
            continue
        times_more = ours[late] / ours[early]
        met = _met(times_more <= 1.5)
        print(f"\nTurn 200 / turn 1, {label}: {times_more:.1f} x (goal 1.5 x: {met})")
    told = ", ".join(f"{who} {size / 1e6:.2f} MB" for who, size in sizes.items())
    print(f"\nThe photo's request, sent again: {told}.")


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def _met(is_met: bool) -> str:
    return "met" if is_met else "missed"
