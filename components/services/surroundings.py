"""What a process has around the services. The server of the pages fills it in from Streamlit; a
command or another server goes by files and the environment alone."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.settings import secrets_of_file

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Surroundings:
    """secrets: tables of secrets.toml. option: a setting of the page server by its name, None
    without one. waiting: around what waits for the database. open_sessions: pages in use."""

    secrets: Callable[[], Mapping[str, object]] = lambda: secrets_of_file(ROOT)
    option: Callable[[str], Any] = lambda name: None
    waiting: Callable[[], AbstractContextManager[None]] = nullcontext
    open_sessions: Callable[[], int] = lambda: 0


around = Surroundings()
