"""Around every page: page settings, language, navigation, and the one net for errors."""

import streamlit as st

from components import services
from components.access.person import Person
from components.errors import StoreError
from components.i18n import TAGS
from components.markdown import ANSWER_STYLE
from components.ui.access import sign_in
from components.ui.app import (
    announcing,
    blocks,
    errors,
    language,
    not_found,
    sidebar,
    store_unavailable,
    window,
)
from components.ui.app.language import text
from components.ui.app.navigation import (
    CASES,
    CHAT,
    COMPARE,
    COST,
    FAQ,
    HISTORY,
    ICON,
    LOGO,
    PEOPLE,
    USAGE,
    script,
)
from components.ui.streamlit_seam import following
from components.ui.streamlit_seam.render_scheduler import DRAW, PAGE, RENDERS
from components.ui.streamlit_seam.session import current_session

look = st.components.v2.component(
    "tuwen_look",
    css=script(
        "look.css",
        "accessible.css",
        "copy.css",
        "messages.css",
        "head.css",
        "composer.css",
        "comparing.css",
        "case_rows.css",
        "growing.css",
        "outline.css",
        "connection.css",
        "print.css",
    )
    + ANSWER_STYLE,
    js=script("connection.js", "copying.js", "look.js", "answers.js"),
    isolate_styles=False,
)
window.begin()
st.logo(LOGO, size="large", icon_image=ICON)
lang = language.settle()
who = sign_in.settle()
chat = st.Page(CHAT, title=text("ui.nav.chat"), icon=":material/chat:", default=True)
compare = st.Page(
    COMPARE, title=text("ui.nav.compare"), icon=":material/compare:", url_path="compare"
)
cases = st.Page(CASES, title=text("ui.nav.cases"), icon=":material/checklist:", url_path="cases")
cost = st.Page(COST, title=text("ui.nav.cost"), icon=":material/calculate:", url_path="cost")
history = st.Page(
    HISTORY, title=text("ui.nav.history"), icon=":material/history:", url_path="history"
)
faq = st.Page(FAQ, title=text("ui.nav.faq"), icon=":material/help:", url_path="faq")
usage = st.Page(USAGE, title=text("ui.nav.usage"), icon=":material/query_stats:", url_path="usage")
people = st.Page(
    PEOPLE, title=text("access.people.title"), icon=":material/group:", url_path="people"
)
# Whoever isn't let in sees no page; their addresses stand, for after the sign-in.
admin = not isinstance(who, Person) or who.is_admin
named = admin and services.app().access().mode == "oidc"
found_in: dict[str, list[st.Page]] = {
    "ask": [chat, compare],
    "improve": [cases],
    "know": [cost, faq],
    "manage": [history, *([usage] if admin else []), *([people] if named else [])],
}
sections = {text(f"ui.nav.section.{name}"): its for name, its in found_in.items() if its}
let_in = isinstance(who, Person)
pages = [page for its in sections.values() for page in its]
if let_in and (name := not_found.unknown(pages)):
    lost = st.Page(
        not_found.show, title=text("ui.not_found.title"), url_path=name, visibility="hidden"
    )
    sections[text("ui.nav.section.ask")].append(lost)
page = st.navigation(sections, position="sidebar" if let_in else "hidden")
if page is not chat or not let_in:  # the chat is called as what it shows
    window.name(page.title)
with st.sidebar:
    look(
        key="look",
        data={
            "lang": TAGS[lang],
            "reconnecting": text("ui.window.reconnecting"),
            "wide": page in (compare, cost, faq, usage),
            **sign_in.for_browser(who),
        },
    )


def draw(person: Person) -> None:
    """The page, and what stands beside it."""
    sidebar.lead(on_chat=page is chat)
    for problem in services.app().settings().problems:
        errors.show(problem)
    current_session().last = None
    following.leave()
    current_session().arrived = current_session().page != page.url_path
    current_session().page = page.url_path
    hurry, current_session().hurry = current_session().hurry, False
    with RENDERS.turn(DRAW if hurry else PAGE):
        try:
            page.run()
        except StoreError as error:
            store_unavailable.show(error)
            if error.code in store_unavailable.PASSING:
                current_session().last = store_unavailable.until_back
        except Exception as error:
            blocks.failed(error)
        with st.sidebar:
            announcing.show()
        sidebar.show()
        sign_in.beside(person)
    if last := current_session().last:
        last()


try:
    if isinstance(who, Person):
        draw(who)
    else:
        sign_in.show(who)
except Exception as error:
    errors.show(errors.unexpected(error))
