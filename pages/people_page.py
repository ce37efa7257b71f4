"""People: who has signed in. For admins."""

from components.ui import people_view

people_view.show()
