"""Widgets keep their values where they are drawn in another place.

The browser forgets a widget that moves (into another tab, under the answers) and says that it is
empty, unless its value comes with it. It isn't sent every time: what is being typed would go.
"""

from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import put, value


def keep(key: str, wanted: object) -> None:
    """Before a widget is drawn: its value."""
    if compare_page().moved or value(key) != wanted:
        put(key, wanted)
