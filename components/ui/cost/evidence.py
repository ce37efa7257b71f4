"""What a rule rests on, and how right all rules are, worked out live."""

from urllib.parse import urlsplit

import streamlit as st

from components.pricing.whatif import accuracy, anomalies, evidence_of
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import sentences
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import when


def about_rule(model: str) -> None:
    """Billed, documented or assumed; when it was checked; both figures where sources disagree."""
    found = evidence_of(model)
    if found is None:
        return
    lang = current_session().lang
    said = [text(f"cost.evidence.{found.evidence}")]
    if found.tolerance:
        said.append(text("cost.evidence.within", tolerance=found.tolerance))
    else:
        said.append(text("cost.evidence.exact"))
    if found.checked:
        said.append(text("cost.evidence.checked", date=when.short_day(found.checked)))
    st.caption(sentences(said) + " " + _links((*found.documents, *found.bills[:3])))
    for each in found.disagreements:
        line = escape_markdown(each.text(lang))
        st.caption(
            f":material/compare_arrows: {line} {_links((each.our_source, each.their_source))}"
        )


@block("cost.badge")
def badge() -> None:
    """How many real bills agree, beside the figures."""
    billed = [family.billed for family in accuracy()]
    right, known = sum(each.right for each in billed), sum(each.known for each in billed)
    st.badge(
        text("cost.page.bills_agree", right=right, known=known),
        icon=":material/verified:",
        color="green" if right == known else "gray",
        help=text("cost.help.bills_agree"),
    )


@block("cost.evidence")
def how_right() -> None:
    """By family: cases right of cases known, with their sources."""
    families = accuracy()
    right = sum(f.right for f in families)
    known = sum(f.known for f in families)
    st.markdown(text("cost.page.how_right_all", right=right, known=known))
    st.dataframe(
        {
            text("cost.page.family"): [f.rule for f in families],
            text("cost.page.cases_right"): [f"{f.right} / {f.known}" for f in families],
            text("cost.page.cases_exact"): [f.exact for f in families],
            text("cost.page.cases_billed"): [_share(f.billed) for f in families],
            text("cost.page.cases_documented"): [_share(f.documented) for f in families],
            text("cost.page.sources"): [f.sources[0] if f.sources else None for f in families],
        },
        column_config={text("cost.page.sources"): st.column_config.LinkColumn(max_chars=60)},
        hide_index=True,
        key="cost_accuracy",
    )
    odd = anomalies()
    if odd:
        with st.expander(text("cost.page.anomalies", n=len(odd))):
            for found in odd:
                case = found.case
                line = (
                    f"{case.model} · {case.width} × {case.height} · {case.detail}: "
                    f"{case.tokens} / {found.counted}. {case.note}"
                )
                st.caption(f"{escape_markdown(line)} {_links((case.source,))}")


def _share(share: tuple[int, int]) -> str:
    return f"{share[0]} / {share[1]}" if share[1] else "–"


def _links(urls: tuple[str, ...]) -> str:
    """Links by their hosts; what is no address is said as it stands."""
    found = []
    for url in dict.fromkeys(urls):
        address = url.split(" ")[0]
        host = urlsplit(address).hostname if address.startswith("https://") else None
        found.append(f"[{host}]({address})" if host else escape_markdown(url))
    return " · ".join(found)
