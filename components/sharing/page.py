"""The page of a link: one HTML document that runs nothing and loads nothing but its pictures."""

from urllib.parse import urlencode

from components.chat.store import StoredConversation
from components.compare.store import StoredComparison
from components.i18n import LANGUAGES, t
from components.markdown import ANSWER_STYLE
from components.sharing.compared import compared
from components.sharing.resolve_share import Shown
from components.sharing.scenario import scenario
from components.sharing.store import Share
from components.sharing.talk import talk
from components.templates import style_source, template

_NAMES = {"zh": "中文", "en": "English"}
_STYLE = (
    ":root{color-scheme:light dark;--ink:#1d2428;--soft:#59636e;--line:#dde3e6;--back:#fff;"
    "--box:#f3f5f6}@media(prefers-color-scheme:dark){:root{--ink:#e6ebee;--soft:#9aa7ae;"
    "--line:#313b41;--back:#13181b;--box:#1c2327}}"
    "body{max-width:52rem;margin:0 auto;padding:1rem;font:16px/1.6 system-ui,sans-serif;"
    "color:var(--ink);background:var(--back)}"
    "header,footer{display:flex;gap:1rem;justify-content:space-between;color:var(--soft);"
    "font-size:.9rem;padding:.5rem 0}header a{color:inherit}h1{font-size:1.5rem;margin:1rem 0 0}"
    "h2{font-size:1.05rem;margin:2rem 0 .3rem}p.facts,figcaption{color:var(--soft);"
    "font-size:.85rem;margin:.2rem 0}div.asked{white-space:pre-wrap;overflow-wrap:anywhere;"
    "unicode-bidi:plaintext;"
    "background:var(--box);border-radius:.5rem;padding:.6rem .9rem}div.images{display:flex;"
    "flex-wrap:wrap;gap:1rem;margin:.5rem 0}figure{margin:0;max-width:100%}"
    "figure img{max-width:100%;max-height:32rem;border-radius:.4rem}div.answer{overflow-wrap:"
    "anywhere}pre{overflow-x:auto;background:var(--box);padding:.7rem;border-radius:.4rem;"
    "white-space:pre-wrap}div.wide{overflow-x:auto}table{border-collapse:collapse;margin:.7rem 0}"
    "th,td{border:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}"
) + ANSWER_STYLE
POLICY = (
    f"default-src 'none'; img-src 'self'; style-src {style_source(_STYLE)}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def shared_page(shown: Shown, token: str, lang: str) -> str:
    """The whole page. token: for the addresses of its pictures and its other language."""
    thing = shown.thing
    if isinstance(thing, StoredConversation):
        name, title, filling = "talk", thing.title, talk(thing, shown, token, lang)
    elif isinstance(thing, StoredComparison):
        name, title = "compared", thing.comparison.title or t(lang, "compare.out.title")
        filling = compared(thing, shown, token, lang)
    else:
        name, title, filling = "scenario", thing.name, scenario(thing, shown.share, lang)
    return _page(name, title, token, lang, about=_about(shown.share, lang), **filling)


def nothing_page(lang: str) -> str:
    """What a link shows that leads nowhere: which kind of nowhere isn't told."""
    return _page("nothing", t(lang, "sharing.page.nothing"), "", lang)


def _page(name: str, title: str, token: str, lang: str, **filling: object) -> str:
    language = next(each for each in LANGUAGES if each != lang)
    query = urlencode({"t": token, "lang": language} if token else {"lang": language})
    other = {"query": query, "name": _NAMES[language]}
    return template(f"sharing/{name}.html").render(
        lang=lang, style=_STYLE, title=title, other=other, **filling
    )


def _about(share: Share, lang: str) -> str:
    day = "%Y-%m-%d"
    parts = [t(lang, "sharing.page.by", person=share.person)] if share.person else []
    parts.append(t(lang, "sharing.page.since", day=share.created_at.strftime(day)))
    parts.append(t(lang, "sharing.page.until", day=share.ends_at.strftime(day)))
    return " · ".join(parts)
