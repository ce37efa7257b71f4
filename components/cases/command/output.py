"""Files of a format, written where they were asked for."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from components.cases.errors import CaseError
from components.cases.formats.result import Written
from components.cases.formats.source import inside


def put(path: Path, made: Written, force: bool) -> None:
    """One file as `path`, several in a folder of that name, or all in a zip if it is called so;
    what lies beside one file comes along where `path` isn't called as a file is. What is there is
    replaced only if force, and only once the new one is whole.

    Raises CaseError cases_taken, cases_file.
    """
    alone = len(made.files) == 1 and path.suffix not in ("", ".zip")
    files = made.files if alone else {**made.beside, **made.files}
    for name in files:
        if inside("", name) != name:  # as a stranger's bundle called it
            raise CaseError("cases_file", name=name[:80])
    if path.exists() and not force:
        raise CaseError("cases_taken", name=path.name)
    if path.is_dir() and any(path.iterdir()) and not _is_folder(path, files):
        raise CaseError("cases_taken", name=path.name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".cases-") as work:
            new = Path(work) / "new"
            _write(new, files, zipped=path.suffix == ".zip")
            if new.is_dir():
                _move_all(new, path)
            else:
                os.replace(new, path)
    except OSError:
        raise CaseError("cases_file", name=path.name) from None


def _is_folder(path: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder is written, into one that is there: single files never replace folders."""
    return len(files) > 1 and path.suffix != ".zip"


def _write(new: Path, files: Mapping[str, bytes], *, zipped: bool) -> None:
    if zipped:
        from components.export.zips import zip_stream

        with new.open("wb") as file:
            for piece in zip_stream((name, [data]) for name, data in files.items()):
                file.write(piece)
    elif len(files) == 1:
        new.write_bytes(next(iter(files.values())))
    else:
        for name, data in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)


def _move_all(new: Path, path: Path) -> None:
    if not path.exists():
        os.replace(new, path)
        return
    shutil.copytree(new, path, dirs_exist_ok=True)
