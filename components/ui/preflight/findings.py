"""Findings as lines: those of a kind together, the way to their answer in the FAQ, and a fix."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from components.preflight import Finding, Fix, by_kind, label, merged
from components.text import escape_markdown, short_name
from components.ui.app.language import counted, text
from components.ui.app.navigation import FAQ
from components.ui.streamlit_seam.session import current_session

_AT_ONCE = 3  # shown unfolded
_ICONS = {"stop": ":material/block:", "warning": ":material/warning:", "note": ":material/info:"}
_COLOURS = {"stop": "red", "warning": "orange", "note": "gray"}
Kind = tuple[Finding, ...]
Apply = Callable[[Sequence[tuple[Finding, Fix]]], None]


def show(
    found: Sequence[Finding],
    names: Sequence[str],
    apply: Apply | None,
    *,
    where: str,
    at_once: int = _AT_ONCE,
) -> None:
    """names: what the pictures are called, by their place. apply: carries fixes out, None where
    there is nothing to carry them out on. where: makes the keys of its buttons unique."""
    if not found:
        return
    kinds = by_kind(found)
    with st.container(key=f"{where}_findings", gap="xxsmall"):
        for n, kind in enumerate(kinds[:at_once]):
            _line(n, kind, names, apply, where)
        rest = kinds[at_once:]
        if rest:
            with st.expander(counted("preflight.ui.more", len(rest))):
                for n, kind in enumerate(rest, at_once):
                    _line(n, kind, names, apply, where)


def brief(found: Sequence[Finding], names: Sequence[str], apply: Apply, *, where: str) -> None:
    """All in one line: the gravest kind and its fix, and a list of all that opens on a click."""
    if not found:
        return
    lang, kinds = current_session().lang, by_kind(found)
    said = f"{mark(found[0])} {escape_markdown(merged(kinds[0], lang))}"
    if len(kinds) > 1:
        said += f" · {text('preflight.ui.more_groups', n=len(kinds) - 1)}"
    with st.container(
        key=f"{where}_brief", horizontal=True, gap="xsmall", vertical_alignment="center", wrap=False
    ):
        with st.popover(said, type="tertiary", key=f"{where}_list", wrap=False):
            show(found, names, apply, where=where, at_once=len(kinds))
        if fixes := _fixes_of(kinds[0]):
            st.button(
                _fix_label(kinds[0], fixes),
                key=f"{where}_first_fix",
                type="tertiary",
                on_click=apply,
                args=(fixes,),
            )


def mark(finding: Finding) -> str:
    """How grave it is, as Markdown."""
    return f":{_COLOURS[finding.severity]}[{_ICONS[finding.severity]}]"


def _line(n: int, kind: Kind, names: Sequence[str], apply: Apply | None, where: str) -> None:
    finding = kind[0]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(f"{mark(finding)} :small[{_said(kind, names)}]", width="stretch")
        with st.container(
            horizontal=True, gap="small", width="content", vertical_alignment="center"
        ):
            if apply:
                _buttons(n, kind, apply, where)
            st.page_link(
                FAQ,
                label=text("preflight.ui.why"),
                query_params={"q": finding.faq, "lang": current_session().lang},
                width="content",
            )


def _said(kind: Kind, names: Sequence[str]) -> str:
    """The sentence, and which pictures it is about where that isn't plain."""
    said = escape_markdown(merged(kind, current_session().lang))
    called = [names[each.image] for each in kind if each.image is not None]
    if len(kind) > 1:
        listed = escape_markdown(", ".join(short_name(name) for name in called))
        return f"**{said}** {text('preflight.ui.of_images', names=listed)}"
    if called and len(names) > 1:
        return f"**{escape_markdown(called[0])}** · {said}"
    return said


def _buttons(n: int, kind: Kind, apply: Apply, where: str) -> None:
    """Of one finding its two best fixes, of several the best of each at once."""
    ways = [[(kind[0], fix)] for fix in kind[0].fixes[:2]] if len(kind) == 1 else [_fixes_of(kind)]
    for at, fixes in enumerate(way for way in ways if way):
        st.button(
            _fix_label(kind, fixes),
            key=f"{where}_fix-{n}-{at}",
            type="tertiary",
            on_click=partial(apply, fixes),
        )


def _fixes_of(kind: Kind) -> list[tuple[Finding, Fix]]:
    return [(finding, finding.fix) for finding in kind if finding.fix]


def _fix_label(kind: Kind, fixes: Sequence[tuple[Finding, Fix]]) -> str:
    if len(kind) > 1:
        return text("preflight.ui.fix_all", n=len(fixes))
    return label(fixes[0][1], current_session().lang)
