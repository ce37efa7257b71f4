"""Questions and answers: search on top, groups beside them, each answer with its own address."""

import streamlit as st

from components.faq import Answer, Hit, faq, find, groups, search
from components.text import escape_markdown
from components.ui import errors
from components.ui.faq import answer
from components.ui.language import counted, text
from components.ui.state import put, value, visit


def show() -> None:
    st.title(text("faq.page.title"))
    _follow_address()
    _questions()


def _follow_address() -> None:
    """`?q=slug` opens an answer; a slug that was renamed still leads there."""
    here, asked = visit(), st.query_params.get("q")
    if asked and asked != here.faq_asked:
        here.faq_asked = asked
        found = find(here.lang, asked)
        here.faq_open = found.slug if found else None
        here.faq_group = found.group if found else here.faq_group
        if value("faq_search"):
            put("faq_search", "")
        if found is None:
            st.warning(text("faq.page.no_such"), icon=":material/search_off:")
    elif here.faq_asked and not asked:
        here.faq_asked = None


@st.fragment
def _questions() -> None:
    try:
        _draw()
    except Exception as error:
        errors.show(errors.unexpected(error))


def _draw() -> None:
    query = st.text_input(
        text("faq.page.search"),
        key="faq_search",
        type="search",
        icon=":material/search:",
        placeholder=text("faq.page.search_example"),
        live=True,
        label_visibility="collapsed",
    )
    if query and query.strip():
        with st.container(key="faq_list"):
            _found(search(visit().lang, query))
        return
    side, body = st.columns([1, 3], gap="medium")
    with side:
        group = _group()
    with body, st.container(key="faq_list", gap="small"):
        for each in faq(visit().lang):
            if each.group == group:
                _question(each)


def _group() -> str:
    titles = {group.id: group.title for group in groups(visit().lang)}
    here = visit()
    if here.faq_group not in titles:
        here.faq_group = next(iter(titles))
    if value("faq_groups") != here.faq_group:
        put("faq_groups", here.faq_group)
    st.pills(
        text("faq.page.groups"),
        list(titles),
        key="faq_groups",
        format_func=titles.__getitem__,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        on_change=_group_chosen,
    )
    return str(here.faq_group)


def _group_chosen() -> None:
    visit().faq_group = str(value("faq_groups"))
    visit().faq_open = None


def _found(hits: list[Hit]) -> None:
    st.caption(counted("faq.page.found", len(hits)) if hits else text("faq.page.nothing"))
    for hit in hits[:30]:
        _question(hit.answer, hit)


def _question(each: Answer, hit: Hit | None = None) -> None:
    here = visit()
    box = st.expander(
        escape_markdown(each.question),
        expanded=each.slug == here.faq_open,
        key=f"faq-{each.slug}",
        on_change="rerun",
    )
    with box:
        if box.open:
            answer.show(each)
    if hit and not box.open:
        st.caption(_marked(hit))


def _marked(hit: Hit) -> str:
    """The place where the words stand, with the words in bold."""
    parts, at = [], 0
    for start, end in hit.spans:
        parts += [escape_markdown(hit.snippet[at:start]), _bold(hit.snippet[start:end])]
        at = end
    return "".join(parts) + escape_markdown(hit.snippet[at:])


def _bold(words: str) -> str:
    return f"**{escape_markdown(words)}**" if words.strip() else words
