"""The pictures of docs/architecture.md show what the code does."""

import inspect
from collections.abc import Iterator
from importlib import import_module

import pytest

from tests.support.flows import (
    DOCUMENTS,
    FLOWS,
    Arrow,
    Flow,
    Step,
    drawn,
    named_in,
    plain_names,
)

ARROWS = [
    pytest.param(flow, arrow, id=f"{name}: {arrow.start} to {arrow.end}")
    for name, flow in FLOWS.items()
    for arrow in flow.arrows
]


def untrue(flow: Flow, arrow: Arrow) -> Iterator[str]:
    """What an arrow says and the code doesn't."""
    start, end = flow.steps[arrow.start], flow.steps[arrow.end]
    if arrow.kept:
        yield from (
            f"{step.function} names no {arrow.kept}"
            for step in (start, end)
            if arrow.kept not in named_in(step.module, step.function)
        )
        return
    path = (start.function, *arrow.through)
    called = [each.rpartition(".")[2] for each in arrow.through] + [arrow.known_as or end.name]
    for caller, name in zip(path, called, strict=True):
        if name not in named_in(start.module, caller):
            yield f"{caller} names no {name}"
    # A name of the module is that very function, and not another one of the same name.
    if called[-1] in plain_names(start.module, path[-1]) and not arrow.known_as:
        meant = vars(import_module(start.module)).get(called[-1])
        if meant is not None and inspect.unwrap(meant) != end.found():
            yield f"{called[-1]} of {start.module} is another one"


@pytest.mark.parametrize(("flow", "arrow"), ARROWS)
def test_a_step_names_the_one_that_it_leads_to(flow: Flow, arrow: Arrow) -> None:
    assert list(untrue(flow, arrow)) == []


@pytest.mark.parametrize("flow", FLOWS.values(), ids=FLOWS)
def test_every_step_is_reached(flow: Flow) -> None:
    ends = {arrow.start for arrow in flow.arrows} | {arrow.end for arrow in flow.arrows}
    assert ends == set(flow.steps)


@pytest.mark.parametrize("lang", DOCUMENTS)
def test_the_document_has_todays_pictures(lang: str) -> None:
    text = DOCUMENTS[lang].read_text("utf-8")
    assert text == drawn(text, lang), "python -m tests.support.flows"


def test_an_arrow_that_is_not_true_is_found() -> None:
    steps = {
        "a": Step("components.chat.turn", "ask", "", ""),
        "b": Step("components.chat.turn", "title_of", "", ""),
    }
    flow = Flow(steps, ())
    assert list(untrue(flow, Arrow("a", "b"))) == ["ask names no title_of"]
    assert list(untrue(flow, Arrow("a", "b", through=("_turn",)))) == []
    assert list(untrue(flow, Arrow("a", "b", kept="prepared"))) == ["title_of names no prepared"]
    with pytest.raises(AttributeError):
        Step("components.chat.turn", "gone", "", "").found()
