"""People: who has signed in. For admins."""

from components.ui.access import people

people.show()
