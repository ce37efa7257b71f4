"""How far the answers can be trusted: order, repeats, agreement, right and wrong per model."""

from collections.abc import Sequence

import streamlit as st

from components import services
from components.compare.cheapest_setting import is_settings
from components.compare.judging.agreement import repeated
from components.compare.judging.flips import Flip, flips
from components.compare.judging.scores import Score, scores
from components.compare.judging.table import AnswerTable, answer_table
from components.compare.plan import reversed_spec
from components.compare.rerun import spec_of
from components.compare.spec import Spec
from components.compare.store import Cell, Comparison
from components.text import escape_markdown
from components.texts import difference_marks
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import cheapest
from components.ui.compare.accepting import short
from components.ui.compare.pixels import marked
from components.ui.compare.plan_form import start_panel
from components.ui.compare.plan_form.columns import columns_of
from components.ui.compare.scored import model_name
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options


def show(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """What can be said when all cells have ended."""
    if is_settings(comparison):
        cheapest.outcome(comparison, cells)
    _order(comparison, cells)
    _agreement(comparison, cells)
    for question in range(len(comparison.questions)):
        found = answer_table(comparison, cells, question)
        if found and not is_settings(comparison):
            _values(comparison, question, found)
    _differences(comparison, cells)
    _models(comparison, cells)


def swap_order(comparison: Comparison) -> None:
    """Ask the same once more with the images in the opposite order."""

    def spec() -> Spec:
        columns = tuple(columns_of(comparison.models))
        found = spec_of(
            services.app().store().conversations.image, current_session().owner, comparison, columns
        )
        return reversed_spec(found, comparison)

    start_panel.begin(spec, confirmed=True)


@block("compare.order")
def _order(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Verdicts beside those of the run in the opposite order."""
    store, owner = services.app().store(), current_session().owner
    first = comparison.pair_id or comparison.id
    others = (
        store.comparisons.comparison(owner, i)
        for i in (first, *store.comparisons.reversed_runs(owner, first))
    )
    # Turned twice is the same order again.
    other = next((o for o in others if o and o.comparison.order != comparison.order), None)
    if other is None:
        return
    found = flips(comparison, cells, other.cells)
    if not found:
        return
    decided = [flip for flip in found if flip.flipped is not None]
    flipped = sum(bool(flip.flipped) for flip in decided)
    if flipped:
        said = counted("compare.order.flipped", flipped, of=len(decided))
        st.warning(said, icon=":material/swap_vert:")
    elif decided:
        st.success(text("compare.order.steady", of=len(decided)), icon=":material/check:")
    if unclear := len(found) - len(decided):
        st.info(counted("compare.order.unclear", unclear), icon=":material/help:")
    with st.expander(text("compare.order.both")):
        lines = [
            f"| | {text('compare.order.this')} | {text('compare.order.other')} | |",
            "|---|---|---|---|",
        ]
        lines += [_flip(comparison, flip) for flip in found]
        st.markdown("\n".join(lines))


def _flip(comparison: Comparison, flip: Flip) -> str:
    sign = {True: ":red[≠]", False: ":green[=]", None: "?"}[flip.flipped]
    cells = (
        escape_markdown(model_name(comparison, flip.given.column)),
        short(flip.given.answer),
        short(flip.turned.answer),
        sign,
    )
    return "| " + " | ".join(cells) + " |"


@block("compare.agreement")
def _agreement(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Of each cell that was asked several times."""
    if comparison.repeats < 2:
        return
    lines = []
    for each in repeated(cells):
        found, first = each.agreement, each.cells[0]
        how = text(f"compare.agree.{found.measure}", same=found.same, of=found.of)
        lines.append(
            f"- **{escape_markdown(_label(comparison, first))}**: {found.share:.0%} · {how}"
        )
    if lines:
        st.markdown(f"**{text('compare.agree.title')}**\n" + "\n".join(lines))


@block("compare.values")
def _values(comparison: Comparison, question: int, found: AnswerTable) -> None:
    """Answers that are numbers or JSON: per image a row, per model a column."""
    names = {image.letter: f"{image.letter} · {image.name}" for image in comparison.images}
    table: dict[str, list[str | None]] = {
        text("compare.run.image"): [
            names.get(r.letter, text("compare.run.all")) for r in found.rows
        ]
    }
    columns = [(n, at) for n in range(len(comparison.models)) for at in range(len(found.fields))]
    heads = {}
    for n, at in columns:
        field = found.fields[at]
        heads[f"{n}/{at}"] = model_name(comparison, n) + (f" · {field}" if field else "")
    for (n, at), head in zip(columns, options.distinct(heads).values(), strict=True):
        table[head] = [(r.values[n] or ())[at] if r.values[n] else None for r in found.rows]
    st.caption(escape_markdown(comparison.questions[question]))
    st.dataframe(table, hide_index=True, key=f"compare_values-{question}", placeholder="–")


@block("compare.differences")
def _differences(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Two answers next to each other, what differs marked."""
    answered = [cell for cell in cells if cell.state == "ok" and cell.answer]
    if len(answered) < 2:
        return
    with st.expander(text("compare.differences.title"), icon=":material/difference:"):
        labels = options.distinct(
            {cell.id: _label(comparison, cell, whole=True) for cell in answered},
            {cell.id: comparison.models[cell.column].endpoint for cell in answered},
            most=160,
        )
        ids = list(labels)
        columns = st.columns(2)
        chosen = []
        for n, key in enumerate(("compare_left", "compare_right")):
            if value(key) not in ids:
                put(key, ids[n])
            with columns[n]:
                st.selectbox(
                    text("compare.differences.which"), ids, key=key, format_func=labels.__getitem__
                )
            chosen.append(next(cell for cell in answered if cell.id == value(key)))
        marks = difference_marks(chosen[0].answer, chosen[1].answer)
        for column, segments in zip(columns, (marks.a, marks.b), strict=True):
            column.markdown(marked(segments))
        st.caption(text("compare.differences.alike", share=marks.likeness))


def _label(comparison: Comparison, cell: Cell, *, whole: bool = False) -> str:
    """Model, image, question as far as they tell cells apart; whole: and the round."""
    parts = [model_name(comparison, cell.column)]
    if comparison.mode == "each":
        parts.append(cell.letters[0])
    if len(comparison.questions) > 1:
        parts.append(counted("compare.form.question", cell.question + 1))
    if whole and comparison.repeats > 1:
        parts.append(text("compare.run.round", n=cell.repeat))
    return " · ".join(parts)


@block("compare.scores")
def _models(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Right answers against cost, where answers were judged."""
    found = scores(comparison, cells)
    judged = [s for s in found if s.accuracy is not None and not s.cost_unknown]
    if len(judged) > 1:
        _chart(comparison, judged)


def _chart(comparison: Comparison, judged: Sequence[Score]) -> None:
    """Accuracy against cost."""
    from components.ui.widgets import plotting

    figure = plotting.figure(text("compare.score.cost_usd"), text("compare.score.accuracy"), 300)
    plotting.points(
        figure,
        [float(score.cost) for score in judged],
        [100 * (score.accuracy or 0) for score in judged],
        [model_name(comparison, score.column) for score in judged],
    )
    figure.update_yaxes(range=[-5, 108], ticksuffix=" %")
    figure.update_xaxes(rangemode="tozero")
    with st.container(key="compare_chart"):
        st.plotly_chart(
            figure,
            key="compare_chart-accuracy",
            config=plotting.config("accuracy"),
            alt=text("compare.score.accuracy"),
        )
