"""One answer: its text, its live piece, where it is from, and what one can do with it."""

import streamlit as st

from components import services
from components.faq import Answer, find
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.faq import link, live
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import prose


@block("faq.answer")
def show(answer: Answer) -> None:
    prose.show(answer.text)
    if answer.live:
        with st.container(border=True):
            live.PIECES[answer.live](answer)
    st.caption(_origin(answer))
    _related(answer)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        link.copied_by(answer.slug)
        _helpful(answer.slug)


def _origin(answer: Answer) -> str:
    named = [
        f"[{escape_markdown(source.title)}]({source.url})"
        if source.url
        else escape_markdown(source.title)
        for source in answer.sources
    ]
    day = text("faq.figure.date", date=answer.checked)
    return text("faq.page.origin", date=day, sources=" · ".join(named))


@block("faq.related")
def _related(answer: Answer) -> None:
    found = [find(current_session().lang, slug) for slug in answer.related]
    if not any(found):
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.caption(text("faq.page.related"), width="content")
        for other in found:
            if other:
                st.button(
                    escape_markdown(other.question),
                    key=f"faq_related-{answer.slug}-{other.slug}",
                    type="tertiary",
                    on_click=_go,
                    args=(other.slug,),
                )


def _go(slug: str) -> None:
    session = current_session()
    found = find(session.lang, slug)
    if found:
        session.faq.open, session.faq.group, session.faq.asked = found.slug, found.group, found.slug
        session.faq.jumps += 1
        put("faq_search", "")
        put(f"faq-{found.slug}", True)
        st.query_params["q"] = found.slug


@block("faq.helpful")
def _helpful(slug: str) -> None:
    """Kept in the store, one say per person and answer."""
    session, key = current_session(), f"faq_vote-{slug}"
    vote = services.app().store().votes.find(session.owner, slug)
    if vote is not None and value(key) is None:
        put(key, int(vote.helpful))
    st.caption(text("faq.page.helpful"), width="content")
    st.feedback("thumbs", key=key, on_change=_voted, args=(slug, key))


def _voted(slug: str, key: str) -> None:
    given = value(key)
    if given is not None:
        services.app().store().votes.cast(
            current_session().owner, slug, current_session().lang, bool(given)
        )
