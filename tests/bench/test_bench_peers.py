"""The table of bench_peers: what counts as right, and that nothing is left out of it."""

from typing import Any

from tests.bench.bench_peers import Line, judge, known, on_patches, ours, table


def answers(**first: Any) -> list[dict[str, Any]]:
    """Right answers to everything, the first case's replaced."""
    found: list[dict[str, Any]] = [{"tokens": case.tokens} for case in known()]
    return [first or found[0], *found[1:]]


def test_all_known_figures_are_asked_and_ours_are_right() -> None:
    assert ours().right == len(known()) > 80
    assert not any(case.anomaly for case in known())


def test_a_figure_that_is_one_off_is_wrong_on_tiles() -> None:
    assert not on_patches(known()[0])
    tokens = known()[0].tokens
    assert tokens is not None
    assert judge("peer", answers()).right == len(known())
    assert judge("peer", answers(tokens=tokens + 1)).right == len(known()) - 1


def test_a_refusal_to_count_is_not_right_and_is_counted_apart() -> None:
    line = judge("peer", answers(unsupported="UnsupportedModelError"))
    assert (line.right, line.unsupported) == (len(known()) - 1, 1)


def test_a_package_that_could_not_be_installed_is_named_with_its_error() -> None:
    last = table([ours(), Line("peer 1.0", error="no such version")]).splitlines()[-1]
    assert last.startswith("| peer 1.0 | no figures: no such version |")
    assert last.count("|") == table([ours()]).splitlines()[0].count("|")
