"""How far the repeats of each cell agree."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.compare.judging.judge import Agreement, Measure, agreement
from components.compare.store import Cell


@dataclass(frozen=True)
class Repeated:
    """A cell's rounds in order, and how far those that were answered agree."""

    cells: tuple[Cell, ...]
    agreement: Agreement


def repeated(cells: Sequence[Cell], measure: Measure | None = None) -> tuple[Repeated, ...]:
    """Every cell that was answered at least twice. measure: as of `agreement`."""
    rounds: dict[tuple[object, ...], list[Cell]] = {}
    for cell in sorted(cells, key=lambda cell: cell.repeat):
        rounds.setdefault(cell.place, []).append(cell)
    found = []
    for same in rounds.values():
        agreed = agreement(
            [cell.answer for cell in same if cell.state == "ok"], measure, same[0].letters
        )
        if agreed:
            found.append(Repeated(tuple(same), agreed))
    return tuple(found)
