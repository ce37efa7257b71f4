"""Chat: ask about images."""

from components.ui.chat import view

view.show()
