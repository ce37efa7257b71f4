"""Exports as they can be looked through."""

import io
import zipfile


def files(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def everything(raw: bytes) -> bytes:
    """All that is in a file, unpacked if it is a zip."""
    if not raw.startswith(b"PK\3\4"):
        return raw
    return b"\n".join(part for pair in files(raw).items() for part in (pair[0].encode(), pair[1]))
