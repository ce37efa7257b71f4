"""Starting the children, from the repository's root as the app is."""

import subprocess
import sys

from tests.support.paths import ROOT


def child(what: str, *arguments: str) -> subprocess.Popen[str]:
    """A process of tests.unit.db.children with pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.db.children", what, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(process: subprocess.Popen[str]) -> list[str]:
    """Kill -9 at once; the lines it had said by then."""
    process.kill()
    assert process.stdout
    # Not communicate(): it reads past what readline() has already buffered.
    said = process.stdout.read()
    process.communicate()
    return said.splitlines()
