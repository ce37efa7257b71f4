"""Cases."""

from components.ui.cases import view

view.show()
