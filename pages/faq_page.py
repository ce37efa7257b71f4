"""Questions and answers."""

from components.ui.faq import view

view.show()
