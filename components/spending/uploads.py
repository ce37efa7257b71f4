"""How much a message and a session may hold: originals lie in the server's memory until they are
sent or let go, so one person's could leave no room for others."""

from components.spending.errors import UploadError
from components.spending.settings import load

_MB = 1_000_000


def check_message(name: str, images: int, bytes_: int) -> None:
    """images, bytes_: of a message with the file `name` in it. Raises UploadError."""
    most = load()["upload"]
    if images > most["message_images"]:
        raise UploadError("upload_message_images", name=name, limit=most["message_images"])
    if bytes_ > most["message_mb"] * _MB:
        raise UploadError("upload_message_mb", name=name, limit=most["message_mb"])


def check_session(name: str, bytes_: int) -> None:
    """bytes_: of all that a session holds, with the file `name`. Raises UploadError."""
    limit = load()["upload"]["visit_mb"]
    if bytes_ > limit * _MB:
        raise UploadError("upload_visit_mb", name=name, limit=limit)


def most_session() -> int:
    """Bytes that one session may hold."""
    return int(load()["upload"]["visit_mb"] * _MB)


def most_all() -> int:
    """Bytes of uploads that all visits to one process may hold."""
    return int(load()["upload"]["all_mb"] * _MB)
