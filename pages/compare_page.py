"""Compare images and models."""

from components.ui.compare import view

view.show()
