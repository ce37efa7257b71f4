"""What was used: who, of which model, on which day."""

from components.ui.usage import view

view.show()
