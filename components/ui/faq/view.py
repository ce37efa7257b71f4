"""Questions and answers: search on top, groups beside them, each answer with its own address."""

from collections import Counter

import streamlit as st

from components.faq import Answer, Hit, faq, find, groups, search, top
from components.text import escape_markdown
from components.ui.app import unsent
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.faq import answer, link
from components.ui.streamlit_seam.session import current_session, put, value

_MOST_HITS = 30
_TOP, _ALL = "top", "all"  # beside the groups: the first questions, and the hits of every group


def show() -> None:
    st.title(text("faq.page.title"), anchor=False)
    _follow_address()
    _questions()


def _follow_address() -> None:
    """`?q=slug` opens an answer; a slug that was renamed still leads there."""
    session, asked = current_session(), st.query_params.get("q")
    if asked and asked != session.faq.asked:
        session.faq.asked = asked
        found = find(session.lang, asked)
        session.faq.open = found.slug if found else None
        session.faq.jumps += 1
        session.faq.group = found.group if found else session.faq.group
        if value("faq_search"):
            put("faq_search", "")
        if found is None:
            st.warning(text("faq.page.no_such"), icon=":material/search_off:")
    elif session.faq.asked and not asked:
        session.faq.asked = None


@st.fragment
def _questions() -> None:
    hits = _hits()
    side, body = st.columns([1, 3], gap="medium")
    with side, st.container(key="faq_side", gap="small"):
        narrowed = _side(hits)
    with body, st.container(key="faq_list", gap="small"):
        if hits is None:
            for each in _of_group():
                _question(each)
        else:
            for hit in (narrowed or hits)[:_MOST_HITS]:
                _question(hit.answer, hit)
    link.scroll()
    unsent.remember("faq", [name for name, _ in current_session().faq.told], lambda *_: [])


def _of_group() -> tuple[Answer, ...]:
    session = current_session()
    if session.faq.group == _TOP:
        return top(session.lang)
    return tuple(each for each in faq(session.lang) if each.group == session.faq.group)


@block("faq.search")
def _hits() -> list[Hit] | None:
    """The field, and what was found; None where nothing is searched for."""
    query = st.text_input(
        text("faq.page.search"),
        key="faq_search",
        type="search",
        icon=":material/search:",
        placeholder=text("faq.page.search_example"),
        live=True,
        label_visibility="collapsed",
    )
    return search(current_session().lang, query) if query and query.strip() else None


@block("faq.groups", lambda: _stay())
def _side(hits: list[Hit] | None) -> list[Hit]:
    """The groups to choose from. Of a search: how much was found, and the hits of the group that is
    chosen."""
    if hits is None:
        _group()
        return []
    st.markdown(_found(len(hits)))
    return _of_found(hits)


def _group() -> None:
    session = current_session()
    titles = {_TOP: text("faq.page.top")}
    titles |= {group.id: group.title for group in groups(session.lang)}
    if session.faq.group not in titles:
        session.faq.group = _TOP
    if value("faq_groups") != session.faq.group:
        put("faq_groups", session.faq.group)
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


def _stay() -> list[Hit]:
    """With the group that was open, or the first; of a search, with all hits."""
    session = current_session()
    session.faq.group = session.faq.group or _TOP
    return []


def _group_chosen() -> None:
    current_session().faq.group = str(value("faq_groups"))
    current_session().faq.open = None


def _found(n: int) -> str:
    if not n:
        return text("faq.page.nothing")
    if n > _MOST_HITS:
        return text("faq.page.best", most=_MOST_HITS, n=n)
    return counted("faq.page.found", n)


def _of_found(hits: list[Hit]) -> list[Hit]:
    """The hits of one group, or all of them."""
    of_group = Counter(hit.answer.group for hit in hits)
    if len(of_group) < 2:
        return hits
    names = {_ALL: text("faq.page.all")}
    names |= {g.id: g.title for g in groups(current_session().lang) if of_group[g.id]}
    if value("faq_found") not in names:
        put("faq_found", _ALL)
    chosen = st.pills(
        text("faq.page.groups"),
        list(names),
        key="faq_found",
        format_func=lambda id: text(
            "faq.page.counted", group=names[id], n=of_group[id] if id in of_group else len(hits)
        ),
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )
    return [hit for hit in hits if chosen in (_ALL, hit.answer.group)]


@block("faq.question")
def _question(each: Answer, hit: Hit | None = None) -> None:
    session = current_session()
    box = st.expander(
        escape_markdown(each.question),
        expanded=each.slug == session.faq.open,
        key=f"faq-{each.slug}",
        on_change="rerun",
    )
    with box:
        if box.open:
            answer.show(each)
    if hit and not box.open:
        with st.container(key=f"faq_hit-{each.slug}"):
            st.caption(_marked(hit))


def _marked(hit: Hit) -> str:
    """The place where the words stand, with the words in bold."""
    parts, at = [], 0
    for start, end in hit.spans:
        parts += [_plain(hit.snippet[at:start]), f"**{_plain(hit.snippet[start:end])}**"]
        at = end
    return "".join([*parts, _plain(hit.snippet[at:])])


def _plain(part: str) -> str:
    """Escaped, with the spaces at its ends, which part it from the next word."""
    words = part.strip()
    if not words:
        return " " if part else ""
    before, after = part[:1].isspace(), part[-1:].isspace()
    return f"{' ' * before}{escape_markdown(words)}{' ' * after}"
