"""The App of this process: see components.services.application."""

import threading

from components.services.application import App

_lock = threading.Lock()
_apps: list[App] = []


def app() -> App:
    """The one that begin made; a command and a simulated page get theirs on the first call."""
    if kept := _apps:
        return kept[0]
    with _lock:
        if not _apps:
            _apps.append(App())
        return _apps[0]


def begin() -> App:
    """As at the start of the process: settings are read and everything is made anew; what there
    was is stopped."""
    with _lock:
        before, _apps[:] = list(_apps), []
    for each in before:
        each.stop()
    return app()
