"""Where the store lies."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def database_url(named: str) -> str:
    """What the setting says; without it a SQLite file in the app's folder."""
    return named or f"sqlite:///{ROOT / 'data' / 'tuwen.db'}"
