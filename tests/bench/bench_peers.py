"""Our image tokens beside those of packages that count them too, over the figures that are known.

Makes a throw-away environment, installs each package in the version named here and asks it in a
process of its own, without a network. Right: to the token on tiles, within one on patches, or
within what the measurement itself leaves open. A package may answer to a model's name or to its
exact id, and "auto" is put to packages without it as "high". What a package itself refuses to
count is not right, and is counted apart.
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.models import find_model
from components.tokens.cases import Case, cases

PEERS = {
    "openai-vision-cost": "1.0.0",
    "openai-messages-token-helper": "0.1.13",
    "openai-image-token-counter": "1.0.0",
    "langchain-openai": "1.7.3",
    "litellm": "1.106.2",
}
PILLOW = "pillow==13.0.0"  # for the blank pictures that some of them want
PROBE = Path(__file__).parent / "support" / "peer_probe.py"
INSTALL_SECONDS = 600
ASK_SECONDS = 300


@dataclass(frozen=True)
class Line:
    """A package's line of the table. error: why there are no figures, "" when there are."""

    name: str
    right: int = 0
    tiles: int = 0
    patches: int = 0
    billed: int = 0
    unsupported: int = 0
    error: str = ""


def known() -> list[Case]:
    """Everything but bills that follow no rule."""
    return [case for case in cases() if not case.anomaly]


def on_patches(case: Case) -> bool:
    return case.count().tolerance == 1


def judge(name: str, answers: Sequence[dict[str, Any]]) -> Line:
    """answers: in the order of `known`, as peer_probe.py gives them."""
    right = [
        case
        for case, answer in zip(known(), answers, strict=True)
        if "unsupported" not in answer and case.agrees(answer["tokens"], int(on_patches(case)))
    ]
    return Line(
        name=name,
        right=len(right),
        tiles=sum(not on_patches(case) for case in right),
        patches=sum(on_patches(case) for case in right),
        billed=sum(case.kind == "billed" for case in right),
        unsupported=sum("unsupported" in answer for answer in answers),
    )


def ours() -> Line:
    return judge("this project", [{"tokens": case.count().tokens} for case in known()])


def theirs(python: Path, package: str, version: str) -> Line:
    """Installs and asks one package; whatever goes wrong stands in its line."""
    name = f"{package} {version}"
    questions = [
        {
            "models": list(dict.fromkeys((find_model(case.model).id, case.model))),
            "width": case.width,
            "height": case.height,
            "detail": case.detail,
            "fidelity": case.fidelity,
        }
        for case in known()
    ]
    try:
        options = ["-q", "--disable-pip-version-check", f"{package}=={version}", PILLOW]
        run([python, "-m", "pip", "install", *options], INSTALL_SECONDS)
        told = run([python, PROBE, package], ASK_SECONDS, json.dumps(questions))
        return judge(name, json.loads(told))
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.strip().splitlines() if line.strip()]
        return Line(name, error=lines[-1] if lines else f"exit code {error.returncode}")
    except (subprocess.TimeoutExpired, ValueError) as error:
        return Line(name, error=str(error))


def run(command: Sequence[str | Path], seconds: int, given: str = "") -> str:
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, timeout=seconds, check=True
    )
    return done.stdout


def table(lines: Sequence[Line]) -> str:
    """As Markdown."""
    total = len(known())
    patches = sum(on_patches(case) for case in known())
    billed = sum(case.kind == "billed" for case in known())
    rows = [
        f"| package | right of {total} | tiles, of {total - patches} | patches, of {patches} "
        f"| billed, of {billed} | not supported |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for line in lines:
        figures = (line.right, line.tiles, line.patches, line.billed, line.unsupported)
        rest = [f"no figures: {line.error}"] + [""] * 4 if line.error else map(str, figures)
        rows.append(f"| {line.name} | {' | '.join(rest)} |")
    return "\n".join(rows)


def main() -> None:
    lines = [ours()]
    with tempfile.TemporaryDirectory(prefix="peers-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        for package, version in PEERS.items():
            print(f"{package} {version} ...", file=sys.stderr, flush=True)
            lines.append(theirs(python, package, version))
    left_out = len(cases()) - len(known())
    print(table(lines))
    print(f"{left_out} bills that follow no known rule are left out.")


if __name__ == "__main__":
    main()
