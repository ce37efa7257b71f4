"""Handing pictures to the components in assets/viewer.* and assets/crop.*.

One block of bytes: Streamlit sends the bytes of a component once, and as a reference of 1 kB on
later runs, as long as not one of them changes. Data URLs would be a third more, and a JSON
message can't hold bytes; a `/media` address could be read by anybody who has it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from components.i18n import texts
from components.ui.streamlit_seam.session import current_session


@dataclass(frozen=True)
class ViewerImage:
    """A picture to look at.

    content: as a browser shows it (WebP, JPEG, PNG), upright, about 1600 px long at most, in
    proportion to `size`. size: (width, height) of the original, upright. label: the letter that
    follows the image wherever it stands.
    """

    label: str
    name: str
    content: bytes = field(repr=False)
    size: tuple[int, int]


def stamp(content: bytes) -> str:
    """Tells whether a picture is still the same."""
    return sha256(content).hexdigest()[:16]


def pack(header: Mapping[str, object], parts: Mapping[str, bytes | None]) -> bytes:
    """`header` (JSON) and named parts in one block, read by assets/unpack.js.

    The header's length in four bytes (big endian), the header, the parts. The same input makes
    the same bytes. Parts that are None are left out.
    """
    there = {name: part for name, part in parts.items() if part is not None}
    listed = [[name, stamp(part), len(part)] for name, part in there.items()]
    head = json.dumps({**header, "parts": listed}, ensure_ascii=False, sort_keys=True).encode()
    return b"".join([len(head).to_bytes(4, "big"), head, *there.values()])


def words(prefix: str) -> dict[str, str]:
    """All texts under `prefix` in the session's language, placeholders unfilled."""
    found = texts(current_session().lang).items()
    return {key.removeprefix(prefix): said for key, said in found if key.startswith(prefix)}
