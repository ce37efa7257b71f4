"""Options whose labels are people's own names: of conversations, files, models, people.

Streamlit tells options apart by what is shown of them: of two that look the same it refuses both,
or takes the last. So every list of such options is made here, with ids as options.
"""

from collections.abc import Mapping

from components.text import escape_markdown, one_line
from components.ui.app.language import text

MOST = 60  # characters of a label


def distinct(
    names: Mapping[str, str],
    marks: Mapping[str, str] | None = None,
    *,
    markdown: bool = False,
    most: int = MOST,
) -> dict[str, str]:
    """A label for each id, no two alike, none empty, one line each.

    names: by id. marks: what is put behind names that would look the same, e.g. dates; where that
    isn't enough, numbers are. markdown: the labels are for a widget that reads Markdown. most:
    characters of a name, beyond which it is cut.
    """
    short = {key: cut(name, most) for key, name in names.items()}
    twice = _twice(short)
    if marks:
        short = {
            key: f"{name} · {one_line(marks[key])}" if name in twice and key in marks else name
            for key, name in short.items()
        }
    taken = set(short.values())
    found: dict[str, str] = {}
    given: set[str] = set()
    for key, name in short.items():
        label, number = name, 1
        while label in given or (number > 1 and label in taken):
            number += 1
            label = f"{name} ({number})"
        given.add(label)
        found[key] = escape_markdown(label) if markdown else label
    return found


def cut(name: str, most: int = MOST) -> str:
    """A name in one line that isn't empty."""
    line = one_line(name) or text("ui.option.unnamed")
    return line if len(line) <= most else line[: most - 1] + "…"


def _twice(names: Mapping[str, str]) -> set[str]:
    seen: set[str] = set()
    again: set[str] = set()
    for name in names.values():
        (again if name in seen else seen).add(name)
    return again
