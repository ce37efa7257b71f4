"""Right answers for many images at once, from pasted lines or a CSV file's text."""

import csv
import io
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from components.compare.store import ComparedImage

_BETWEEN = "\t;,，:：="  # what may stand between a name and its answer, the likeliest first


@dataclass(frozen=True)
class Given:
    """answers: by letter of the image and place of the question. unknown: names of no image."""

    answers: dict[tuple[str, int], str]
    unknown: tuple[str, ...]


def read_answers(text: str, images: Sequence[ComparedImage], questions: int) -> Given:
    """One image a line: its name (with or without folder and ending) or its letter, then an answer
    for each question; of several images of one name, each line takes the next. With one question,
    as many lines as images without any name are taken in order. A line of headings is left out.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    marks = [each for each in _BETWEEN if any(each in line for line in lines)] or [""]
    called = _called(images)
    named = next((each for each in marks if _names(lines, each, called)), None)
    if named is None and questions == 1 and len(lines) == len(images):
        pairs = zip(images, lines, strict=True)
        return Given({(image.letter, 0): line.strip() for image, line in pairs}, ())
    mark = marks[0] if named is None else named
    answers: dict[tuple[str, int], str] = {}
    unknown: list[str] = []
    for n, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark or "\t")):
        if not any(cell.strip() for cell in cells):
            continue
        waiting = called.get(cells[0].strip().casefold())
        if not waiting:
            unknown += [cells[0].strip()] if n else []
            continue
        letter = waiting.popleft() if len(waiting) > 1 else waiting[0]
        said = cells[1:] if questions > 1 else [mark.join(cells[1:])]
        answers |= {
            (letter, question): answer.strip()
            for question, answer in enumerate(said[:questions])
            if answer.strip()
        }
    return Given(answers, tuple(dict.fromkeys(unknown)))


def _called(images: Sequence[ComparedImage]) -> dict[str, deque[str]]:
    """Letters by what an image may be called, a whole name before a part of one."""
    found: dict[str, deque[str]] = defaultdict(deque)
    whole = {image.letter: image.name.replace("\\", "/") for image in images}
    forms = (
        lambda letter: whole[letter],
        lambda letter: PurePosixPath(whole[letter]).name,
        lambda letter: PurePosixPath(whole[letter]).stem,
        lambda letter: f"{letter} · {whole[letter]}",
        lambda letter: letter,
    )
    for form in forms:
        taken = set(found)
        for letter in whole:
            if (name := form(letter).strip().casefold()) and name not in taken:
                found[name].append(letter)
    return found


def _names(lines: Sequence[str], mark: str, called: dict[str, deque[str]]) -> bool:
    """Whether any line begins with an image's name."""
    first = (line.partition(mark)[0] if mark else line for line in lines)
    return any(name.strip().strip('"').casefold() in called for name in first)
