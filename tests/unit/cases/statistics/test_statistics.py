"""Rates, repeats and two runs beside each other: figures worked out by hand or by enumeration, and
the shared reference values, which statsmodels and scipy gave."""

import itertools
import json
import math
from fractions import Fraction
from typing import Any

import pytest

from components.cases.statistics import paired, rate, repeats
from components.cases.statistics.difference import Pair, adjusted, compare
from tests.support.paths import SHARED

REFERENCE = SHARED / "data/evals/statistics.json"


def one_try(both: int, lost: int, gained: int, neither: int = 0) -> list[Pair]:
    kinds = ((both, 1, 1), (lost, 1, 0), (gained, 0, 1), (neither, 0, 0))
    return [Pair([bool(b)], [bool(a)]) for n, b, a in kinds for _ in range(n)]


def test_wilson_solves_its_equation_and_is_symmetric() -> None:
    for right, of in ((0, 7), (1, 29), (18, 20), (23, 30), (20, 20)):
        found = rate.wilson(right, of)
        for end in (found.low, found.high):
            # where the distance to the share is z standard errors, at the end itself
            assert (right / of - end) ** 2 * of == pytest.approx(
                rate.Z**2 * end * (1 - end), abs=1e-9
            )
        mirrored = rate.wilson(of - right, of)
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high))
    assert rate.wilson(0, 0) == rate.Interval(0, 1)
    for right, of in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="of 3"):
            rate.wilson(right, of)


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 12.7062), (2, 4.3027), (3, 3.1824), (9, 2.2622), (30, 2.0423)]
)
def test_t_is_as_printed_in_tables(freedom: int, value: float) -> None:
    assert rate.t_quantile(freedom) == pytest.approx(value, abs=1e-4)
    assert rate.t_quantile(10_000) == pytest.approx(rate.Z, abs=1e-3)


def test_the_sign_test_counts_every_outcome() -> None:
    for changed in range(1, 11):
        flips = list(itertools.product((0, 1), repeat=changed))
        for down in range(changed + 1):
            as_far = sum(abs(2 * sum(f) - changed) >= abs(2 * down - changed) for f in flips)
            assert paired.sign_test(down, changed - down) == pytest.approx(as_far / len(flips))
    assert paired.sign_test(0, 0) == 1
    assert [paired.fewest_same_way(n) for n in (5, 6, 9, 20)] == [None, 6, 8, 15]


def test_repeats_are_as_drawing_from_them() -> None:
    for of in range(1, 7):
        for right, k in itertools.product(range(of + 1), range(1, of + 1)):
            draws = list(itertools.combinations([True] * right + [False] * (of - right), k))
            every = Fraction(sum(map(all, draws)), len(draws))
            some = Fraction(sum(map(any, draws)), len(draws))
            assert repeats.pass_hat(right, of, k) == pytest.approx(float(every))
            assert repeats.pass_at(right, of, k) == pytest.approx(float(some))
    assert [repeats.state(t) for t in ([1, 1], [0, 1], [0, 0])] == ["right", "wavers", "wrong"]
    assert repeats.disagreement([[True]]) is None
    for wrong in (lambda: repeats.pass_hat(1, 2, 3), lambda: repeats.state([])):
        with pytest.raises(ValueError, match="tr"):
            wrong()


def test_the_error_is_of_cases_not_of_answers() -> None:
    cases = [[True] * 3, [False] * 3]
    mean = rate.mean_of([repeats.share(each) for each in cases])
    assert mean.error == pytest.approx(0.5)  # of six answers it would be 0.2
    assert rate.mean_of([1.0]).interval is None


def test_newcombe_is_wilsons_where_nothing_changed() -> None:
    for cases in (5, 30, 73):
        high = 1 - rate.wilson(cases, cases).low
        assert paired.may_still_lose(cases) == pytest.approx(high)
    assert [paired.unchanged_needed(share) for share in (0.1, 0.05, 0.03, 0.01)] == [
        35,
        73,
        125,
        381,
    ]
    mirrored = paired.newcombe(36, 2, 12, 0)
    assert (-mirrored.high, -mirrored.low) == pytest.approx(
        tuple(vars(paired.newcombe(36, 12, 2, 0)).values())
    )


def test_the_bootstrap_is_the_same_each_time_and_draws_whole_groups() -> None:
    alone = [[-1.0]] * 6 + [[0.0]] * 44
    assert paired.bootstrap(alone) == paired.bootstrap(alone)
    together = [[-1.0] * 6] + [[0.0]] * 44
    assert paired.bootstrap(together).low < paired.bootstrap(alone).low
    assert paired.bootstrap([[0.0]] * 30) == rate.Interval(0, 0)
    assert paired.bootstrap([[1.0]] * 3 + [[-1.0]] * 3) == rate.Interval(-2 / 3, 2 / 3)


def test_power_counts_every_outcome_and_the_formula_is_near() -> None:
    lost, gained, cases = 0.5, 0.25, 7
    total = 0.0
    for outcome in itertools.product((-1, 0, 1), repeat=cases):
        down, up = outcome.count(-1), outcome.count(1)
        chance = lost**down * gained**up * (1 - lost - gained) ** (cases - down - up)
        total += chance * (paired.sign_test(down, up) < 0.05)
    assert paired.power(cases, lost, gained) == pytest.approx(total)
    needed = paired.cases_needed(0.1, 0.02)
    assert needed == 145
    assert paired.power(needed, 0.1, 0.02) == pytest.approx(0.8, abs=0.05)
    assert paired.cases_needed(0.1, 0.1) is None


def test_kappa_and_holm_and_latency() -> None:
    assert rate.kappa([[20, 5], [10, 15]]) == pytest.approx(0.4)
    assert rate.kappa([[7, 0], [0, 0]]) is None
    assert rate.kappa([[0, 0], [0, 0]]) is None
    assert paired.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert rate.latency([]) is None
    assert rate.latency([5.0, 1.0, 3.0, 2.0]) == rate.Latency(2.5, 5.0)


def test_words_are_said_in_the_order_of_what_they_prove() -> None:
    said = {
        "worse": one_try(4, 6, 0),
        "better": one_try(4, 0, 6),
        "not_worse": one_try(73, 0, 0),
        "not_enough": one_try(5, 5, 0),
        "hints_at_worse": one_try(89, 9, 2),
        "hints_at_better": one_try(89, 2, 9),
        "no_difference": one_try(10, 5, 4),
    }
    assert {word: compare(pairs).said for word, pairs in said.items()} == {w: w for w in said}
    few = compare(one_try(30, 0, 0))
    assert (few.said, few.needed, round(few.may_lose, 3)) == ("not_enough", 73, 0.114)
    assert compare(said["worse"]).p == pytest.approx(0.03125)
    assert compare(one_try(30, 0, 0), margin=0.12).said == "not_worse"


def test_repeats_that_did_not_change_prove_no_more_than_single_tries() -> None:
    three = [Pair([True] * 3, [True] * 3)] * 30
    assert compare(three).may_lose == pytest.approx(compare(one_try(30, 0, 0)).may_lose)
    assert compare(three).said == "not_enough"


def test_cases_of_one_image_count_once() -> None:
    alone = [Pair([True], [False])] * 6 + [Pair([True], [True])] * 4
    of_one = [Pair([True], [False], "receipt")] * 6 + [Pair([True], [True])] * 4
    assert compare(alone).said == "worse"
    found = compare(of_one)
    assert (found.said, found.p, found.down) == ("not_enough", 1.0, 6)


def test_moves_between_states_and_several_successors() -> None:
    pairs = [Pair([True] * 2, [True, False]), Pair([False] * 2, [True] * 2)]
    assert compare(pairs).moves == {("right", "wavers"): 1, ("wrong", "right"): 1}
    six_of_ten = one_try(4, 6, 0)
    one, *_ = adjusted([six_of_ten, one_try(10, 0, 0)])
    assert one.p == pytest.approx(0.0625)
    assert one.said != "worse"
    with pytest.raises(ValueError, match="no cases"):
        compare([])


@pytest.mark.skipif(not REFERENCE.exists(), reason="the shared reference values are not there")
def test_the_shared_reference_values() -> None:
    known: dict[str, Any] = json.loads(REFERENCE.read_text("utf-8"))
    near = lambda value: pytest.approx(value, abs=1e-4)  # noqa: E731
    for row in known["wilson_95"]:
        found = rate.wilson(row["right"], row["of"])
        assert (found.low, found.high) == near((row["low"], row["high"]))
    for row in known["exact_sign_or_mcnemar_two_sided"]:
        p = paired.sign_test(row["only_before_right"], row["only_after_right"])
        assert p == near(row["p"])
    for row in known["fewest_same_way_for_p_below_0.05"]:
        assert paired.fewest_same_way(row["changed"]) == row["same_way_at_least"]
    for row in known["pass_k"]:
        given = row["right"], row["of"], row["k"]
        assert repeats.pass_hat(*given) == near(row["pass_hat_k"])
        assert repeats.pass_at(*given) == near(row["pass_at_k"])
    for row in known["paired_bootstrap_95_exact"]:
        counts = row["only_after_right"], row["only_before_right"], row["unchanged"]
        groups = [[way] for way, n in zip((1.0, -1.0, 0.0), counts, strict=True) for _ in range(n)]
        ends = paired.bootstrap(groups)
        step = 1 / sum(counts) + 1e-6
        assert (ends.low, ends.high) == pytest.approx((row["low"], row["high"]), abs=step)
    for row in known["newcombe_paired_95"]:
        counts = row["both_right"], row["lost"], row["gained"], row["both_wrong"]
        ends = paired.newcombe(*counts)
        assert (ends.low, ends.high) == near((row["low"], row["high"]))
    for row in known["nothing_changed_what_can_be_said"]:
        unchanged = row["cases_right_before_and_after"]
        assert paired.may_still_lose(unchanged) == near(row["may_still_lose_up_to"])
    for row in known["power_of_exact_mcnemar"]:
        found_power = paired.power(row["cases"], row["lost"], row["gained"])
        assert found_power == pytest.approx(row["power"], abs=6e-4)  # given to three digits
    for row in known["cases_for_80_percent_power_connor"]:
        assert paired.cases_needed(row["lost"], row["gained"]) == row["cases"]
    for row in known["holm"]:
        assert paired.holm(row["p"]) == near(row["adjusted"])
    for row in known["cohens_kappa"]:
        assert rate.kappa(row["table"]) == near(row["kappa"])
    of_latency = known["latency_ms"]
    assert rate.latency(of_latency["values"]) == rate.Latency(
        of_latency["p50_mean_of_the_middle_two"], of_latency["p95_nearest_rank"]
    )
    of_repeats = known["repeats"]
    cases = of_repeats["cases"]
    mean = rate.mean_of([repeats.share(each) for each in cases])
    assert mean.interval is not None
    assert (mean.value, mean.error) == near((of_repeats["mean"], of_repeats["se_by_case"]))
    assert [mean.interval.low, mean.interval.high] == near(of_repeats["ci95_t"])
    assert sum(repeats.state(each) == "wavers" for each in cases) == of_repeats["wavering_cases"]
    assert repeats.mean_pass_hat(cases, 3) == near(of_repeats["pass_hat_3"])
    assert repeats.mean_pass_hat(cases, 2) == near(of_repeats["pass_hat_2"])
    assert repeats.mean_pass_at(cases, 3) == near(of_repeats["pass_at_3"])
    assert repeats.disagreement(cases) == near(of_repeats["pairs_that_disagree"])
    both = known["repeats_compared"]
    found = compare([Pair(b, a) for b, a in zip(both["before"], both["after"], strict=True)])
    assert (found.down, found.up) == (both["cases_down"], both["cases_up"])
    assert (found.p, found.value) == near((both["p_sign"], both["difference"]))
    moves = {f"{one}->{other}": n for (one, other), n in found.moves.items()}
    assert moves == both["table"]
    changes = [
        [repeats.share(a) - repeats.share(b)]
        for b, a in zip(both["before"], both["after"], strict=True)
    ]
    drawn = paired.bootstrap(changes)
    assert [drawn.low, drawn.high] == pytest.approx(
        both["bootstrap_by_case_95_exact"], abs=1 / 36 + 1e-6
    )
    assert math.isclose(found.value, both["difference"], abs_tol=1e-4)
