"""Chat: ask about images."""

from components.ui import chat_view

chat_view.show()
