"""What all charts share: margins, colours, and a mode bar that speaks the session's language."""

from collections.abc import Sequence
from html import escape
from typing import Any

from components.i18n import TAGS
from components.text import one_line
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session

COLOURS = ("#1f8299", "#c2703d", "#7a5ea8", "#4c9a5b", "#b8485e")  # told apart in both themes


def plain(said: str) -> str:
    """A text that a figure shows as it is written: Plotly reads `<a href>`, `<b>` and `&lt;`.
    Whatever people or endpoints have named goes through here."""
    return escape(one_line(said), quote=False)


def figure(x: str, y: str, height: int = 380) -> Any:
    """An empty figure with its axes named. Imported late: Plotly is of use on two pages only."""
    import plotly.graph_objects as go

    made = go.Figure()
    made.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 30, "b": 10},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0},
        xaxis_title=plain(x),
        yaxis_title=plain(y),
        separators=".,",
    )
    return made


def points(made: Any, x: Sequence[float], y: Sequence[float], names: Sequence[str]) -> None:
    """One named point each."""
    import plotly.graph_objects as go

    for n, (across, up, name) in enumerate(zip(x, y, names, strict=True)):
        marker = {"size": 14, "color": COLOURS[n % len(COLOURS)]}
        made.add_trace(
            go.Scatter(
                x=[across],
                y=[up],
                name=plain(name),
                text=[plain(name)],
                mode="markers+text",
                textposition="top center",
                marker=marker,
            )
        )


def config(name: str) -> dict[str, Any]:
    """One button over a chart: download as PNG. name: of the file."""
    said = {"Download plot as a PNG": text("cost.chart.png")}
    lang = TAGS[current_session().lang]
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": f"tuwen-{name}", "scale": 2},
        "locale": lang,
        "locales": {lang: {"dictionary": said, "format": {}}},
    }
