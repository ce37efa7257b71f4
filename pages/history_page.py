"""History: the conversations so far."""

from components.ui.history import view

view.show()
