"""A set as one file to be taken away."""

from collections.abc import Collection

from components.cases.formats import Written
from components.export.keys import MASK, SHORTEST
from components.export.zips import zip_stream


def packed(made: Written, keys: Collection[str] = ()) -> tuple[str, bytes]:
    """How it ends ("csv", "zip") and its content: the file itself where there is one alone, else
    all in a zip. keys: masked wherever they stand in it."""
    files = {**made.beside, **{name: _masked(data, keys) for name, data in made.files.items()}}
    if len(files) == 1:
        ((name, data),) = files.items()
        return name.rpartition(".")[2], data
    return "zip", b"".join(zip_stream((name, [data]) for name, data in files.items()))


def _masked(data: bytes, keys: Collection[str]) -> bytes:
    for key in keys:
        if len(key) >= SHORTEST:
            data = data.replace(key.encode(), MASK.encode())
    return data
