"""Every setting, once: its name, where it stands, what it takes and what holds without it.

kinds    what a value may be
schema   the settings
given    the environment and secrets.toml, read by the schema
table    the settings as the documents print them (python -m components.settings)

The environment goes before secrets.toml, and an empty value is none. A value that can't be used
is named, never repeated, and others keep working.
"""

from components.settings.given import Given, environment, secrets_of_file, unreadable

__all__ = ["Given", "environment", "secrets_of_file", "unreadable"]
