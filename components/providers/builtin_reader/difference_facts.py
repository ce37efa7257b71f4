"""Sentences about what differs between two pictures."""

from collections.abc import Sequence

from components.i18n import t
from components.providers.builtin_reader.compare import PixelDifference, TextChange
from components.providers.builtin_reader.settings import whole
from components.text import escape_markdown


def pixel_difference(lang: str, found: PixelDifference, letters: tuple[str, str]) -> str:
    """What differs in the pixels of the pictures called by `letters`."""
    regions = [
        t(
            lang,
            "reader.differences.region",
            where=t(lang, f"reader.where.{region.where}"),
            left=region.box[0],
            top=region.box[1],
            right=region.box[2],
            bottom=region.box[3],
        )
        for region in found.regions
    ]
    return t(
        lang,
        f"reader.differences.{found.kind}",
        first=letters[0],
        second=letters[1],
        share=_percent(found.share),
        regions=t(lang, "reader.list.semicolon").join(regions),
    )


def text_difference(lang: str, changes: Sequence[TextChange], letters: tuple[str, str]) -> str:
    """Lines of text that differ, as nested items."""
    if not changes:
        return t(lang, "reader.differences.same_text")
    items = [_change(lang, one, letters) for one in changes[: whole("compare", "text_lines")]]
    more = len(changes) - len(items)
    if more:
        items.append(t(lang, "reader.differences.more_text", n=more))
    return "\n  - ".join([t(lang, "reader.differences.text"), *items])


def _change(lang: str, change: TextChange, letters: tuple[str, str]) -> str:
    before, after = (escape_markdown(one or "") for one in (change.before, change.after))
    if change.after is None:
        return t(lang, "reader.differences.only", letter=letters[0], text=before)
    if change.before is None:
        return t(lang, "reader.differences.only", letter=letters[1], text=after)
    return t(
        lang,
        "reader.differences.replaced",
        first=letters[0],
        before=before,
        second=letters[1],
        after=after,
    )


def _percent(share: float) -> str:
    percent = share * 100
    return "< 0.1" if percent < 0.1 else f"{percent:.1f}" if percent < 10 else f"{percent:.0f}"
