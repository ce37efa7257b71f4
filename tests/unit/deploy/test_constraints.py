"""Every package of the image is pinned, those too that nobody asked for by name."""

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.paths import ROOT

PINNED = re.compile(
    r"^(\S+)==(\S+?)(?: ; .*?)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)


def pinned() -> dict[str, set[str]]:
    """Versions by the package's name; some have one for each of several Pythons."""
    found: dict[str, set[str]] = {}
    for name, version, _ in PINNED.findall((ROOT / "deploy/constraints.txt").read_text("utf-8")):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def asked_for() -> list[Requirement]:
    return [
        Requirement(line)
        for line in (ROOT / "requirements.txt").read_text("utf-8").split("\n")
        if line
    ]


def installed_with(wanted: list[Requirement]) -> set[str]:
    """Names of all that is installed here because of `wanted`."""
    found: set[str] = set()
    waiting = [(each.name, frozenset(each.extras)) for each in wanted]
    seen = set(waiting)
    while waiting:
        name, extras = waiting.pop()
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(canonicalize_name(name))
        for each in map(Requirement, needs):
            marker = each.marker
            holds = marker is None or any(marker.evaluate({"extra": one}) for one in {"", *extras})
            step = (each.name, frozenset(each.extras))
            if holds and step not in seen:
                seen.add(step)
                waiting.append(step)
    return found


def test_every_line_is_a_version_with_the_hashes_of_its_files() -> None:
    text = (ROOT / "deploy/constraints.txt").read_text("utf-8")
    named = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line)]
    assert len(named) == len(PINNED.findall(text)) > 50


def test_the_versions_are_those_that_the_app_asks_for() -> None:
    found = pinned()
    assert not {
        str(each): found.get(canonicalize_name(each.name))
        for each in asked_for()
        if not any(each.specifier.contains(v) for v in found.get(canonicalize_name(each.name), ()))
    }


def test_nothing_that_comes_with_them_is_left_out() -> None:
    assert len(installed_with(asked_for())) > 40
    assert installed_with(asked_for()) - set(pinned()) == set()
