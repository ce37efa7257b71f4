"""The calculator."""

from components.ui.cost import view

view.show()
