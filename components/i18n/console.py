"""The language of a console, and of a command there."""

from collections.abc import Mapping, Sequence

from components.i18n import LANGUAGES


def language_of(environ: Mapping[str, str]) -> str:
    """Of whoever starts a command or the server there."""
    said = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environ.get(n))), "")
    return "zh" if said.lower().startswith("zh") else "en"


def asked_language(argv: Sequence[str], otherwise: str) -> str:
    """What follows `--lang`, before anything else is looked at: errors are said in it."""
    for word, following in zip(argv, [*argv[1:], ""], strict=False):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return otherwise
