"""A server of its own for each test: an empty store, no key and nobody's secrets."""

import functools
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.secrets import Secrets

from components import services
from components.models import ending
from components.ui.streamlit_seam import following
from tests.pages.visiting import KEY, MODELS, Person, configure
from tests.support.databases import no_disk_is_waited_for, statements_are_compiled_once
from tests.support.loopback.server import Loopback

__all__ = ["no_disk_is_waited_for", "statements_are_compiled_once"]

_OURS = ("OPENAI_", "ACCESS_", "LIMIT_", "QUOTA_MB", "RETENTION_DAYS", "METRICS_", "DRAIN_")


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once() -> Iterator[None]:
    """For each simulated tab Streamlit reads what every installed package says of itself, in search
    of components: half of the time that these tests took. The packages stay as they are."""
    with pytest.MonkeyPatch.context() as patch:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_tab_is_followed() -> Iterator[None]:
    """A simulated tab has no server that could draw it anew, and a thread that outlives its test
    opens the next one's store by the settings of the one before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following._following, "_watching", True)
        yield


@pytest.fixture(autouse=True)
def fresh_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, app_database_url: str
) -> Iterator[None]:
    """Settings come from here alone, whatever the person who runs the tests has set up."""
    for name in [each for each in os.environ if each.startswith(_OURS)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", app_database_url)
    usual = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    monkeypatch.setattr(st, "secrets", Secrets())
    # A day on which none of the models that these tests use is about to leave.
    monkeypatch.setattr(ending, "today_utc", lambda: date(2026, 6, 1))
    services.begin()
    yield
    services.begin()
    config.set_option("secrets.files", usual)


@pytest.fixture
def endpoint(tmp_path: Path, loopback: Loopback) -> Loopback:
    """The server has the endpoint "loop", which is the loopback server."""
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=MODELS)
    return loopback


@pytest.fixture
def person() -> Person:
    """Somebody who hasn't opened the page yet."""
    return Person(lang="en")
