"""How the figure was worked out: the steps with their numbers, and the image cut into squares."""

import streamlit as st

from components.pricing.whatif import Figures, RowFigures, draw, drawing, steps
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.evidence import about_rule
from components.ui.cost.fields import current_calculator
from components.ui.cost.result import parts
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets.money import tokens

_LONGEST = 352  # px of the drawing, which fits a phone: its lines blur when it is resized
_OFFERED = 50  # rows to choose from


@block("cost.worked")
def show(figures: Figures) -> None:
    """Of one row, chosen where there are several; then where the money goes."""
    st.header(text("cost.page.worked"), anchor=False)
    _counted(figures.rows)
    parts(figures)


def _counted(rows: tuple[RowFigures, ...]) -> None:
    if not rows:
        st.caption(text("cost.page.no_images"))
        return
    row = rows[_which(rows)]
    model, size = current_calculator().asked.model, (row.row.width, row.row.height)
    told, seen = st.columns([3, 2], gap="large")
    with told, st.container(key="cost_steps"):
        taken = steps(model, *size, row.detail)
        lines = [step.text(current_session().lang) for step in taken]
        st.markdown("\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)))
        if row.row.count > 1 and row.each is not None:
            total = text("cost.page.times", n=row.row.count, each=row.each, total=row.total)
            st.markdown(total)
        about_rule(model)
    with seen:
        cut = drawing(model, *size, row.detail)
        picture = draw(cut, longest=_LONGEST, dark=st.context.theme.type == "dark")
        st.image(
            picture,
            width="content",
            alt=text("cost.page.drawing_alt", columns=cut.columns, rows=cut.rows),
        )
        said = text("cost.page.seen", width=cut.width, height=cut.height)
        if cut.side:
            said += " " + text("cost.page.squares", n=cut.columns * cut.rows, side=cut.side)
        if (every := cut.every(_LONGEST)) > 1:
            said += " " + text("cost.page.every", n=every)
        st.caption(said)


def _which(rows: tuple[RowFigures, ...]) -> int:
    if len(rows) == 1:
        return 0
    offered = range(min(len(rows), _OFFERED))
    chosen = st.selectbox(
        text("cost.page.which"),
        offered,
        key="cost_which",
        format_func=lambda n: _label(rows[n]),
        width=420,
    )
    return int(chosen or 0)


def _label(row: RowFigures) -> str:
    name = f"{row.row.name} · " if row.row.name else ""
    figure = tokens(row.each, row.tolerance)
    return f"{name}{row.row.width} × {row.row.height} · {figure}"
