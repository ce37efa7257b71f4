"""When it is said that a cheaper model does as well, and with which figures."""

from decimal import Decimal
from typing import Any

import pytest

from components.compare.judging.savings import Saving, saving
from components.compare.store import Accepted, Cell, Comparison
from tests.unit.compare.cells import cell, comparison

MODELS = ("gpt-4o", "gpt-4o-mini", "other")


def asked(models: int = 2, *accepted: Accepted, **other: Any) -> Comparison:
    right = accepted or (Accepted(0, "42"),)
    return comparison(2, MODELS[:models], mode="together", accepted=right, **other)


def told(column: int, cost: str, ms: int | None, answer: str = "42", **other: Any) -> Cell:
    values: dict[str, Any] = {"usage_source": "reported"}
    values |= {"cost": Decimal(cost), "ms_total": ms} | other
    return cell(answer, "AB", column=column, **values)


def test_the_cheapest_that_is_right_is_set_against_the_dearest() -> None:
    cells = [told(0, "0.022", 3000), told(1, "0.002", 1500), told(2, "0.0001", 9, "41")]
    assert saving(asked(3), cells) == Saving(1, 0, Decimal(11), 2.0, 1)
    cells[2] = told(2, "0.011", 100)
    assert saving(asked(3), cells) == Saving(1, 0, Decimal(11), 2.0, 1)


def test_ratios_are_of_all_bills_and_the_answers_are_counted() -> None:
    cells = [told(0, "0.01", 1000, repeat=n) for n in (1, 2, 3)]
    cells += [
        told(1, cost, 4000, repeat=n) for n, cost in ((1, "0.001"), (2, "0.004"), (3, "0.01"))
    ]
    assert saving(asked(repeats=3), cells) == Saving(1, 0, Decimal(2), 0.25, 3)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"answer": "41"},
        {"answer": "42 or 43 or 44"},
        {"state": "failed"},
        {"usage_source": "estimated"},
        {"usage_source": "implausible"},
        {"cost": None},
        {"cost": Decimal(0)},
        {"cost": Decimal("0.0098")},
    ],
)
def test_one_answer_that_is_wrong_unsure_or_has_no_bill_and_nothing_is_said(
    spoilt: dict[str, Any],
) -> None:
    good = [told(0, "0.01", 1000), told(1, "0.001", 1000)]
    assert saving(asked(), good)
    values = {"answer": "42", "usage_source": "reported", "cost": Decimal("0.001")} | spoilt
    answer = values.pop("answer")
    assert saving(asked(), [good[0], cell(answer, "AB", column=1, **values)]) is None


def test_without_an_expected_answer_for_each_row_nothing_is_said() -> None:
    cells = [told(0, "0.01", 1000), told(1, "0.001", 1000)]
    assert saving(comparison(2, MODELS[:2], mode="together"), cells) is None
    rows = comparison(2, MODELS[:2], accepted=(Accepted(0, "42", "A"),))
    of_rows = [
        cell("42", letter, column=n, usage_source="reported", cost=Decimal(cost))
        for letter in "AB"
        for n, cost in ((0, "0.01"), (1, "0.001"))
    ]
    assert saving(rows, of_rows) is None


def test_a_time_that_is_missing_leaves_the_price_alone() -> None:
    found = saving(asked(), [told(0, "0.01", None), told(1, "0.001", 1000)])
    assert found
    assert (found.cheaper, found.faster) == (10, None)
