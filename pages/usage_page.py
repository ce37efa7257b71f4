"""What was used: who, of which model, on which day."""

from components.ui.spending import view

view.show()
