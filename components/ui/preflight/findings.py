"""Findings as lines: each one sentence, the way to its answer in the FAQ, and a fix."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.preflight import Finding, Fix, label, sentence
from components.text import escape_markdown
from components.ui.app.language import counted, text
from components.ui.app.navigation import FAQ
from components.ui.streamlit_seam.session import current_session

_AT_ONCE = 3  # shown unfolded
_ICONS = {"stop": ":material/block:", "warning": ":material/warning:", "note": ":material/info:"}
_COLOURS = {"stop": "red", "warning": "orange", "note": "gray"}
Apply = Callable[[Finding, Fix], None]


def show(
    found: Sequence[Finding], names: Sequence[str], apply: Apply | None, *, where: str
) -> None:
    """names: what the pictures are called, by their place. apply: carries a fix out, None where
    there is nothing to carry it out on. where: makes the keys of its buttons unique."""
    if not found:
        return
    with st.container(key=f"{where}_findings", gap="xxsmall"):
        for n, finding in enumerate(found[:_AT_ONCE]):
            _line(n, finding, names, apply, where)
        rest = found[_AT_ONCE:]
        if rest:
            with st.expander(counted("preflight.ui.more", len(rest))):
                for n, finding in enumerate(rest, _AT_ONCE):
                    _line(n, finding, names, apply, where)


def _line(n: int, finding: Finding, names: Sequence[str], apply: Apply | None, where: str) -> None:
    said = escape_markdown(sentence(finding, current_session().lang))
    if finding.image is not None and len(names) > 1:
        said = f"**{escape_markdown(names[finding.image])}** · {said}"
    fixes = finding.fixes[:2] if apply else ()
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=bool(fixes)):
        icon = f":{_COLOURS[finding.severity]}[{_ICONS[finding.severity]}]"
        st.markdown(f"{icon} :small[{said}]", width="stretch")
        with st.container(
            horizontal=True, gap="small", width="content", vertical_alignment="center"
        ):
            for at, fix in enumerate(fixes):
                st.button(
                    label(fix, current_session().lang),
                    key=f"{where}_fix-{n}-{at}",
                    type="tertiary",
                    on_click=apply,
                    args=(finding, fix),
                )
            st.page_link(
                FAQ,
                label=text("preflight.ui.why"),
                query_params={"q": finding.faq, "lang": current_session().lang},
                width="content",
            )
