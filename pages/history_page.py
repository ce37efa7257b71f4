"""History: the conversations so far."""

from components.ui import history_view

history_view.show()
