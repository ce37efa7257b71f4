"""The settings as tables of Markdown, as they stand in docs/settings.md."""

from typing import Any

from components.i18n import t, texts
from components.settings.kinds import FLAG
from components.settings.schema import OF_ENDPOINTS, SETTINGS, Setting


def settings_table(lang: str) -> str:
    """Those of the environment and of secrets.toml."""
    head = [t(lang, f"settings.head.{name}") for name in ("name", "place", "takes", "meaning")]
    rows = [[f"`{s.name}`", f"`{_place(s)}`", *_said(s, s.name, lang)] for s in SETTINGS]
    return _table([*head, t(lang, "settings.head.default")], rows)


def endpoint_table(lang: str) -> str:
    """Those of a table [endpoints.NAME]."""
    head = [t(lang, f"settings.head.{name}") for name in ("flag", "takes", "meaning", "default")]
    return _table(head, [[f"`{s.at[-1]}`", *_said(s, s.at[-1], lang)] for s in OF_ENDPOINTS])


def _place(setting: Setting[Any]) -> str:
    *table, key = setting.at
    return f"[{table[0]}] {key}" if table else key


def _said(setting: Setting[Any], name: str, lang: str) -> list[str]:
    """What it takes, what it means, and what holds without it."""
    takes = t(lang, f"settings.kind.{setting.kind.name}", **setting.kind.values)
    if setting.secret:
        takes = t(lang, "settings.kind.secret", takes=takes)
    own = texts(lang).get(f"settings.default.{name}")
    default = setting.default
    if own is None and setting.kind is FLAG:
        own = f"`{str(default).lower()}`"
    elif own is None and isinstance(default, bool):
        own = t(lang, f"settings.default.{'on' if default else 'off'}")
    return [takes, t(lang, f"settings.meaning.{name}"), own or f"`{default}`"]


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return (
        "".join(f"| {' | '.join(line)} |\n" for line in lines)
        .replace("| --- ", "|---")
        .replace("|--- |", "|---|")
    )
