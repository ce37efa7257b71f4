"""What a person should know of a prepared image, as codes with data."""

from dataclasses import dataclass

from components.images.formats.header import Header
from components.images.geometry import Size, is_panorama, is_sliver
from components.images.types import Note


@dataclass(frozen=True)
class Made:
    """What preparation made of a picture. size: (width, height) in pixels, upright. damaged:
    something of it may be missing; hidden: something drawn is lost on the plain background."""

    content: bytes
    media_type: str
    size: Size
    flattened: bool = False
    hidden: bool = False
    as_is: bool = False
    damaged: bool = False

    @property
    def format(self) -> str:
        """As in Header: "jpeg", "png", ..."""
        return self.media_type.partition("/")[2]


def notes_for(header: Header, made: Made) -> tuple[Note, ...]:
    """Texts are `images.note.<code>`. Warnings come first, then what was done."""
    if made.as_is:
        found = [Note("as_is"), *([Note("as_is_gps")] if header.gps else [])]
        return (*found, *_parts(header))
    doubt = [Note("damaged")] if made.damaged or header.flawed else []
    doubt += [Note("hidden")] if made.hidden else []
    return (
        *doubt,
        *_warnings(header, made),
        *_changes(header, made),
        *_parts(header),
        *_metadata(header),
    )


def _warnings(header: Header, made: Made) -> list[Note]:
    seen: dict[str, object] = {"width": made.size[0], "height": made.size[1]}
    if is_sliver(made.size) and max(made.size) > 1:
        return [Note("sliver", seen)]
    if is_panorama(made.size) and made.size != header.upright:
        return [Note("panorama", seen)]
    return []


def _changes(header: Header, made: Made) -> list[Note]:
    notes = []
    if made.size != header.upright:
        (width, height), (original_width, original_height) = made.size, header.upright
        notes.append(
            Note(
                "resized",
                {
                    "width": width,
                    "height": height,
                    "original_width": original_width,
                    "original_height": original_height,
                },
            )
        )
    if header.orientation != 1:
        notes.append(Note("turned"))
    if made.format != header.format:
        data: dict[str, object] = {"before": _label(header.format), "after": _label(made.format)}
        notes.append(Note("converted", data))
    if made.flattened:
        notes.append(Note("flattened"))
    return notes


def _parts(header: Header) -> list[Note]:
    notes = []
    if header.frames > 1:
        notes.append(Note("first_frame", {"frames": header.frames}))
    if header.pictures > 1:
        notes.append(Note("first_picture", {"pictures": header.pictures}))
    if header.mended:
        notes.append(Note("mended"))
    return notes


def _metadata(header: Header) -> list[Note]:
    notes = [Note("metadata_removed")] if header.metadata else []
    return [*notes, Note("gps_removed")] if header.gps else notes


def _label(kind: str) -> str:
    return {"webp": "WebP"}.get(kind, kind.upper())
