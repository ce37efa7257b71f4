"""The one place that reads the environment and Streamlit's secrets."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from components.errors import ConfigError
from components.providers.endpoints import Endpoint, endpoints_from

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """What the server was started with. problems: settings that were left aside, and why."""

    endpoints: tuple[Endpoint, ...]
    problems: tuple[ConfigError, ...]
    database_url: str


@cache
def settings() -> Settings:
    """Read once; a change needs a restart, as the server's keys do everywhere."""
    endpoints, problems = endpoints_from(os.environ, _secrets())
    database = os.environ.get("DATABASE_URL", "").strip()
    return Settings(
        endpoints=tuple(endpoints),
        problems=tuple(problems),
        database_url=database or f"sqlite:///{ROOT / 'data' / 'tuwen.db'}",
    )


def _secrets() -> Mapping[str, object]:
    try:
        return dict(st.secrets.to_dict())
    except FileNotFoundError:
        return {}
