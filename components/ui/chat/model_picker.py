"""Which model a question goes to: every endpoint's models in one list, each described."""

import json
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce

import streamlit as st

from components import services
from components.cases.rehearsal import instead
from components.chat.store import Drift
from components.errors import StoreError
from components.i18n import texts
from components.i18n.sentence import joined
from components.models import (
    Model,
    default_order,
    find_model,
    is_leaving,
    is_retired,
    last_day,
    retirement,
)
from components.pricing import price_of
from components.pricing.overrides import overrides
from components.providers.endpoints import BUILTIN, Endpoint
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.app.navigation import ASSETS
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, when
from components.ui.widgets.money import thousands

DRIFT = 0.05  # from here on it is said that bills differ from estimates
DRIFT_FOR = 60.0  # seconds
_list = st.components.v2.component(
    "tuwen_models",
    html=(ASSETS / "models.html").read_text("utf-8"),
    css=(ASSETS / "models.css").read_text("utf-8"),
    js=(ASSETS / "models.js").read_text("utf-8"),
    isolate_styles=False,
)
_DETAILS = {"auto", "low", "high", "original", "text"}


@dataclass(frozen=True)
class Choice:
    """A model at an endpoint. id is stable: it is what a session remembers. ends: its last day,
    where the endpoint gives one; that wins over what was announced."""

    endpoint: Endpoint
    model: str
    ends: date | None = None

    @property
    def id(self) -> str:
        return id_of(self.endpoint.name, self.model)

    @property
    def info(self) -> Model:
        known = find_model(self.model)
        day = self.ends or last_day(self.model, host=self.endpoint.host)
        if day == known.retires:
            return known
        return replace(known, retires=day, retires_status="announced")


def id_of(endpoint: str, model: str) -> str:
    """Of a choice, by the endpoint's name and the model's. Both may have slashes in them; the first
    one of an id parts them."""
    return f"{endpoint.replace('%', '%25').replace('/', '%2F')}/{model}"


def choices() -> list[Choice]:
    """All models of all endpoints; preferred ones first within each, and those that leave their
    API soon last of all, so that none of them is anybody's first."""
    found = []
    for endpoint in services.app().endpoints():
        listed = services.app().models_of(endpoint)
        models = listed.models or _fallback(endpoint)
        found += [Choice(endpoint, model, listed.ends.get(model)) for model in models]
    for own in current_session().chat.own:
        found += [Choice(own.endpoint, model, own.ends.get(model)) for model in own.models]
    return sorted(found, key=lambda choice: is_leaving(choice.info.retires))


def chosen(among: list[Choice]) -> Choice:
    """The session's choice, or the first that is there (the built-in reader always is)."""
    return next((c for c in among if c.id == current_session().chat.choice), among[0])


def _fallen_back() -> Choice:
    """Where the picker can't be drawn: what was chosen, or what is always there."""
    try:
        return chosen(choices())
    except Exception:
        return Choice(BUILTIN, BUILTIN.models[0])


@block("chat.model", _fallen_back)
def picker(below: Callable[[Choice], None]) -> Choice:
    """Draw the chip of the chosen model, with the list of all behind it; returns the choice.
    below: draws what stands under the list."""
    among = choices()
    current = chosen(among)
    current_session().chat.choice = current.id
    chip = escape_markdown(options.cut(short_name(current)))
    with st.popover(chip, key="model_chip", wrap=False):
        _list(
            key="models",
            data={
                "label": text("ui.model.label"),
                "search": text("ui.model.search"),
                "nothing": text("ui.model.nothing"),
                "chosen": current.id,
                # As a text: Streamlit would look for tables in it, with libraries of 0.5 s.
                "groups": json.dumps(_groups(among), ensure_ascii=False),
            },
            on_chosen_change=_picked,
        )
        below(current)
    return current


def short_name(choice: Choice) -> str:
    """What the chip says: the model alone."""
    if choice.endpoint.kind == "builtin":
        return text("ui.model.builtin_short")
    return choice.model


def _groups(among: Iterable[Choice]) -> list[dict[str, object]]:
    """By endpoint, each with its models in the order of `choices`: those that retire soon last."""
    found: dict[str, list[Choice]] = {}
    for choice in among:
        found.setdefault(choice.endpoint.name, []).append(choice)
    groups: list[dict[str, object]] = []
    for models in found.values():
        names = options.distinct({choice.id: short_name(choice) for choice in models}, most=160)
        lines = [_line(choice, names[choice.id]) for choice in models]
        groups.append({"name": _endpoint_name(models[0]), "models": lines})
    return groups


def _endpoint_name(choice: Choice) -> str:
    builtin = choice.endpoint.kind == "builtin"
    return text("ui.model.here") if builtin else options.cut(choice.endpoint.name, 80)


def _line(choice: Choice, name: str) -> dict[str, str]:
    retires = choice.info.retires
    said = when.retirement(retires) if retires else ""
    return {
        "id": choice.id,
        "name": name,
        "about": text("ui.model.builtin_about")
        if choice.endpoint.kind == "builtin"
        else " · ".join(_facts(choice)),
        "retires": said,
    }


def labels(among: Iterable[Choice]) -> dict[str, str]:
    """What each is called where one is chosen, by id."""
    return options.distinct({choice.id: name_of(choice) for choice in among}, most=160)


def name_of(choice: Choice) -> str:
    """One line that says what the model is, e.g. "gpt-4o · openai · 128k · $2.50 / $10 per M"."""
    if choice.endpoint.kind == "builtin":
        return text("ui.model.builtin")
    return " · ".join([choice.model, choice.endpoint.name, *_facts(choice)])


def _facts(choice: Choice) -> list[str]:
    """Context, price, and what the model doesn't do."""
    parts = [thousands(choice.info.context)] if choice.info.context else []
    parts.append(_price(choice.model))
    if choice.info.like:
        parts.append(text("ui.model.assumed", like=choice.info.like))
    if not choice.info.vision:
        parts.append(text("ui.model.no_images"))
    return parts


def about(choice: Choice) -> str:
    """What a person should know before sending to this model: retirement, parameters refused."""
    info = choice.info
    said = []
    if info.retires:
        key = "retired" if is_retired(info.retires) else "retires"
        said.append(text(f"ui.model.{key}", date=when.short_day(info.retires)))
        said += _instead(choice, info.retires)
    if not info.known:
        like = info.like
        said.append(text("ui.model.unknown_like", like=like) if like else text("ui.model.unknown"))
    if file := _own_file(choice):
        said.append(text("ui.model.own_file", file=escape_markdown(file)))
    return reduce(joined, said, "").strip()


def _instead(choice: Choice, last: date) -> list[str]:
    """What is recommended in place of a model that is about to leave its host, or has left."""
    known = retirement(choice.model, choice.endpoint.host)
    if not is_leaving(last) or not known or not known.successors:
        return []
    names = map(escape_markdown, known.successors[:2])
    return [instead(current_session().lang, names), text("ui.model.try_first")]


def _own_file(choice: Choice) -> str:
    """The owner's file that says something of this model, its price alone too; "" for none."""
    if choice.info.known and choice.info.file:
        return choice.info.file
    price = overrides().get(choice.model.strip().lower())
    return price.file if price else ""


def drift_said(model: str) -> list[str]:
    """What is to be said of a model's bills against our estimates, looked up once in DRIFT_FOR
    seconds."""
    session, now = current_session(), time.monotonic()
    at, found = session.chat.drift.get(model, (-DRIFT_FOR, []))
    if now - at >= DRIFT_FOR:
        with suppress(StoreError):
            found = services.app().store().answers.drift(session.owner, model)
        session.chat.drift[model] = (now, found)
    return [_drift(each) for each in found if abs(each.share) > DRIFT]


def _drift(drift: Drift) -> str:
    detail = text(f"ui.detail.{drift.detail}") if drift.detail in _DETAILS else drift.detail
    return counted(
        "ui.model.drift",
        drift.answers,
        detail=detail,
        share=abs(drift.share),
        way=text("ui.model.over" if drift.share > 0 else "ui.model.under"),
    )


def _price(model: str) -> str:
    price = price_of(model)
    if price is None or price.input is None or price.output is None:
        return text("ui.cost.unknown")
    return text("ui.model.price", input=_dollars(price.input), output=_dollars(price.output))


def _dollars(amount: Decimal) -> str:
    """$2.50 and $0.075: two digits at least, more where they mean something."""
    plain = f"{amount.normalize():f}"
    decimals = len(plain.partition(".")[2])
    return f"${amount:.2f}" if decimals < 2 else f"${plain}"


def _fallback(endpoint: Endpoint) -> tuple[str, ...]:
    """What an endpoint that lists nothing is assumed to have."""
    return default_order() if endpoint.host == "api.openai.com" else ()


def _picked() -> None:
    said = value("models")
    if isinstance(said, dict) and said.get("chosen"):
        current_session().chat.choice = str(said["chosen"])


def parameter_name(parameter: str) -> str:
    """A parameter as the drawer calls it."""
    key = f"ui.parameters.name.{parameter}"
    return text(key) if key in texts(current_session().lang) else parameter
