"""Where the store lies."""

from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def database_url(environ: Mapping[str, str]) -> str:
    """The setting DATABASE_URL; without it a SQLite file in the app's folder."""
    named = environ.get("DATABASE_URL", "").strip()
    return named or f"sqlite:///{ROOT / 'data' / 'tuwen.db'}"
