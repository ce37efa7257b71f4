"""Fonts of the machine that draws, by file name (Pillow looks in the system's font folders)."""

from functools import cache

from PIL import ImageFont

_FILES = {
    "cjk": ("NotoSansCJK-Regular.ttc", 2),  # 2: the simplified Chinese face
    "cjk-bold": ("NotoSansCJK-Bold.ttc", 2),
    "sans": ("LiberationSans-Regular.ttf", 0),
    "sans-bold": ("LiberationSans-Bold.ttf", 0),
    "serif": ("LiberationSerif-Regular.ttf", 0),
    "serif-bold": ("LiberationSerif-Bold.ttf", 0),
    "serif-italic": ("LiberationSerif-Italic.ttf", 0),
    "serif-bold-italic": ("LiberationSerif-BoldItalic.ttf", 0),
    "mono": ("DejaVuSansMono.ttf", 0),
    "mono-italic": ("DejaVuSansMono-Oblique.ttf", 0),
}


@cache
def font(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """The font at `pixels` em size. Raises OSError when this machine doesn't have it."""
    return _face(name).font_variant(size=pixels)


@cache
def _face(name: str) -> ImageFont.FreeTypeFont:
    file, index = _FILES[name]
    return ImageFont.truetype(file, 20, index=index)


def missing() -> list[str]:
    """Font files that aren't on this machine."""
    found = []
    for name, (file, _) in _FILES.items():
        try:
            _face(name)
        except OSError:
            found.append(file)
    return found
