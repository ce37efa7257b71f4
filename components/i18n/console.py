"""The language of a console."""

from collections.abc import Mapping


def language_of(environ: Mapping[str, str]) -> str:
    """Of whoever starts a command or the server there."""
    said = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(n))), "")
    return "zh" if said.lower().startswith("zh") else "en"
