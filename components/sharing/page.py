"""The page of a link: one HTML document that runs nothing and loads nothing but its pictures and
the app's typefaces."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from components.cases.report.report import Report
from components.cases.report.words import setting_name
from components.chat.store import StoredConversation
from components.compare.store import StoredComparison
from components.i18n import LANGUAGES, TAGS, t
from components.i18n.days import dated
from components.markdown import ANSWER_STYLE
from components.pricing import format_money
from components.sharing.case_run import case_run
from components.sharing.compared import compared
from components.sharing.figures import address_of
from components.sharing.resolve_share import Shown
from components.sharing.scenario import scenario
from components.sharing.store import Share
from components.sharing.talk import talk
from components.templates import style_source, template

_NAMES = {"zh": "中文", "en": "English"}
_STYLE = (Path(__file__).parent / "page.css").read_text("utf-8") + ANSWER_STYLE


@dataclass(frozen=True)
class Look:
    """The only style of a page, and the content security policy that names it."""

    style: str
    policy: str


@dataclass(frozen=True)
class Preview:
    """What a messenger shows of a link beside the title: no more than the page does. picture: an
    absolute address, "" for none."""

    text: str
    picture: str = ""


def look(faces: str = "") -> Look:
    """faces: @font-face rules of the app's typefaces."""
    style = faces + _STYLE
    policy = (
        f"default-src 'none'; img-src 'self'; style-src {style_source(style)}; font-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return Look(style, policy)


def shared_page(shown: Shown, token: str, lang: str, its: Look, home: str = "") -> str:
    """The whole page. token: for the addresses of its pictures and its other language. home:
    where the app is reached ("https://tuwen.example.org"), "" where that isn't certain."""
    thing = shown.thing
    filling: dict[str, object]
    if isinstance(thing, StoredConversation):
        name, title, filling = "talk", thing.title, talk(thing, shown, token, lang)
    elif isinstance(thing, StoredComparison):
        name, title = "compared", thing.comparison.title or t(lang, "compare.out.title")
        filling = compared(thing, shown, token, lang)
    elif isinstance(thing, Report):
        name, title = "case_run", thing.run.name or t(lang, "cases.out.title")
        filling = case_run(thing, shown, token, lang)
    else:
        name, title, filling = "scenario", thing.name, scenario(thing, shown.share, lang)
    about = _about(shown.share, lang)
    said = str(filling.pop("preview", "")) or about
    picture = f"{home}/{address_of(0, token)}" if home and shown.images else ""
    told = [each for each in _told(shown, lang) if each]
    return _page(
        name, title, token, lang, its, Preview(said, picture), about=about, told=told, **filling
    )


def nothing_page(lang: str, its: Look) -> str:
    """What a link shows that leads nowhere: which kind of nowhere isn't told."""
    preview = Preview(t(lang, "sharing.page.nothing_next"))
    return _page("nothing", t(lang, "sharing.page.nothing"), "", lang, its, preview, told=[])


def _page(
    name: str, title: str, token: str, lang: str, its: Look, preview: Preview, **filling: object
) -> str:
    language = next(each for each in LANGUAGES if each != lang)
    query = urlencode({"t": token, "lang": language} if token else {"lang": language})
    other = {"query": query, "name": _NAMES[language], "tag": TAGS[language]}
    return template(f"sharing/{name}.html").render(
        lang=lang,
        style=its.style,
        title=title,
        other=other,
        preview=preview,
        **{"wide": False, **filling},
    )


def _about(share: Share, lang: str) -> str:
    parts = [t(lang, "sharing.page.by", person=share.person)] if share.person else []
    parts.append(t(lang, "sharing.page.since", day=dated(share.created_at, lang)))
    parts.append(t(lang, "sharing.page.until", day=dated(share.ends_at, lang)))
    return " · ".join(parts)


def _told(shown: Shown, lang: str) -> Iterator[str]:
    """For the head: models and cost of what is shown, as far as they are to be seen."""
    thing, share = shown.thing, shown.share
    costs: list[Decimal | None] = []
    if isinstance(thing, StoredConversation):
        attempts = [each.attempt for each in thing.messages if each.attempt]
        models = [each.result.model_answered or each.model for each in attempts]
        costs = [each.result.cost for each in attempts]
    elif isinstance(thing, StoredComparison):
        models = [each.model for each in thing.comparison.models]
        costs = [cell.result.cost for cell in thing.cells if cell.result]
    elif isinstance(thing, Report):
        models = [setting_name(lang, each) for each in thing.run.settings]
        costs = [each.result.cost for each in thing.answers if each.ended and each.result]
    else:
        return
    if share.with_names:
        yield from dict.fromkeys(models)
    if share.with_costs and costs:
        known = [cost for cost in costs if cost is not None]
        yield format_money(sum(known, Decimal()), lang) if known else ""
        if len(known) < len(costs):
            yield t(lang, "export.unknown_cost")
