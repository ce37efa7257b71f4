"""PasswordTries: wrong passwords, counted for all processes. SqlStore is one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from components.access.store import wait_after
from db.engine.database import Database
from db.people import wrong_passwords


class PasswordTries:
    """components.access.store.PasswordStore."""

    database: Database
    _clock: Callable[[], datetime]

    def password_typed(self, place: str, *, right: bool) -> timedelta:
        """Count what was typed unless its address has to wait. The wait as it is then."""
        now = self._clock()
        # Whoever waits is refused without keeping everybody's writes waiting.
        with self.database.read() as connection:
            wait = wait_after(wrong_passwords.counted(connection, place, now))
        if wait:
            return wait
        with self.database.write("") as connection:
            now = self._clock()
            before = wrong_passwords.counted(connection, place, now)
            wait = wait_after(before)
            if wait:
                return wait
            if not right:
                wrong_passwords.note(connection, place, before)
            elif before.count:
                wrong_passwords.forgive(connection, place)
            after = wrong_passwords.counted(connection, place, now)
            return timedelta(0) if right else wait_after(after)
