"""Backup and restore as people run them: the command, in a process of its own where that matters,
such as for being killed."""

import hashlib
import os
import random
import re
import subprocess
import sys
import time
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import psutil

from components.backup_command import main
from components.chat.store import NewImage
from components.i18n.sentence import sentence
from db.backup.copies import Held
from db.store import Store, open_store
from tests.support.databases import Raw
from tests.support.postgres import shared
from tests.unit.db.make import DONE, shown, turn
from tests.unit.db.processes import ROOT

ENGLISH, CHINESE = "C.UTF-8", "zh_CN.UTF-8"
_COUNTS = r"conversations ([\d,]+), messages ([\d,]+), images ([\d,]+), comparisons ([\d,]+)\."


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    errors: str

    @property
    def held(self) -> Held:
        """The counts it said."""
        said = re.search(_COUNTS, self.out)
        assert said, self
        return Held(*(int(number.replace(",", "")) for number in said.groups()))

    def refused(self, code: str, lang: str = "en", **data: object) -> bool:
        """Whether it ended with this error's sentence and next step, and nothing else."""
        what, then = sentence(lang, code, {**data, "command": "yes"})
        between = " " if lang == "en" else ""
        assert (self.code, self.out, self.errors) == (1, "", f"{what}{between}{then}\n")
        return True


def start(
    url: str, *arguments: str, path: str | None = None, lang: str = ENGLISH, **more: str
) -> subprocess.Popen[str]:
    """The command. path: where programs are looked for; without it PostgreSQL's are found."""
    return subprocess.Popen(
        [sys.executable, "-m", "components.backup_command", *arguments],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "utf-8", **_environment(url, path, lang), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ran(process: subprocess.Popen[str]) -> Ran:
    out, errors = process.communicate(timeout=120)
    return Ran(process.returncode, out, errors)


def done_here(url: str, *arguments: str, path: str | None = None, lang: str = ENGLISH) -> Ran:
    """As `start` and `ran`, in this process: starting one takes longer than most copies do."""
    out, errors = StringIO(), StringIO()
    with patch.dict(os.environ, _environment(url, path, lang), clear=True), redirect_stderr(errors):
        try:
            code = main(arguments, out, errors)
        except SystemExit as end:
            code = int(str(end.code))
    return Ran(code, out.getvalue(), errors.getvalue())


def _environment(url: str, path: str | None, lang: str) -> dict[str, str]:
    if path is None:
        path = os.environ["PATH"]
        if not Raw(url).is_sqlite:
            path = f"{shared().programs}{os.pathsep}{path}"
    return {"PATH": path, "LANG": lang, "DATABASE_URL": url}


def backed_up(url: str, folder: Path) -> tuple[Path, Ran]:
    """The file that a backup has made, and what it said."""
    before = set(folder.glob("*"))
    done = done_here(url, "backup", "--to", str(folder))
    assert done.code == 0, done
    (made,) = set(folder.glob("*")) - before
    assert str(made) in done.out
    return made, done


def restored(url: str, copy: Path) -> Ran:
    return done_here(url, "restore", str(copy))


def counted(url: str) -> Held:
    """What a store holds, counted past our own code."""
    tables = ("conversations", "messages", "images", "comparisons")
    return Held(*(int(str(Raw(url).run(f"SELECT count(*) FROM {t}")[0][0])) for t in tables))


def fill_large(url: str, images: int = 10, size: int = 4_000_000) -> dict[str, bytes]:
    """A store that takes a while to copy; its images by hash."""
    noise = random.Random(8)
    made: dict[str, bytes] = {}
    store = open_store(url)
    for n in range(images):
        raw = noise.randbytes(size)
        kept = NewImage(hashlib.sha256(raw).hexdigest(), raw, "image/png", raw[:99])
        store.conversations.begin_turn(
            "me", turn(f"large{n}", images=[shown(kept)], contents=[kept])
        )
        store.conversations.finish("me", f"tlarge{n}", DONE)
        made[kept.hash] = raw
    store.close()
    return made


def wait_for_part(folder: Path, process: subprocess.Popen[str]) -> None:
    """Until a copy is being written."""
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if any(part.stat().st_size for part in folder.glob(".*.part")):
            return
        time.sleep(0.002)


def programs_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes that a command has started."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def assert_whole(store: Store) -> tuple[set[str], set[str]]:
    """Nothing in it is half there. The numbers of the turns begun and finished."""
    begun, finished = set(), set()
    for summary in store.history.page("me", limit=10_000):
        found = store.conversations.conversation("me", summary.id)
        assert found
        assert len(found.messages) == summary.messages
        assert len(found.messages) % 2 == 0, "a question never stands without its answer"
        assert sum(len(m.images) for m in found.messages) == summary.images
        for message in found.messages:
            for image in message.images:
                kept = store.conversations.image("me", image.hash or "")
                assert kept
                assert hashlib.sha256(kept.content).hexdigest() == image.hash
            if message.attempt:
                begun.add(message.attempt.id[1:])
                if message.attempt.result == DONE:
                    finished.add(message.attempt.id[1:])
    return begun, finished
