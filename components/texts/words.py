"""Cutting a text into the pieces that are compared."""

import re
import unicodedata

# Characters that are words of their own: Han, kana, and the planes of rarer Han.
_ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_ALONE}]"
_WORD = rf"{_LETTER}(?:{_LETTER}|[\d\u0300-\u036f])*"
_PIECE = re.compile(
    rf"[{_ALONE}]|\d+(?:[.,:]\d+)*|{_WORD}(?:['’]{_WORD})*|\n|[^\S\n]+|.", re.DOTALL
)
_JOINER = "\u200d"


def words(text: str) -> list[str]:
    """Words, numbers with their points (1,284.50), single Han characters and kana, single
    signs, line breaks; blanks go with what is before them. Joined they are `text` again."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        if pieces and (_belongs(pieces[-1], piece) or _is_blank(piece)):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _belongs(before: str, piece: str) -> bool:
    """Accents and the parts of one emoji stay together."""
    first = piece[0]
    joined = before.endswith(_JOINER) or first == _JOINER or "\U0001f3fb" <= first <= "\U0001f3ff"
    return joined or unicodedata.category(first).startswith("M")


def _is_blank(piece: str) -> bool:
    return piece != "\n" and piece.isspace()
