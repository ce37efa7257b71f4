"""The command, from its arguments to its exit code."""

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

from components.errors import ConfigError
from components.i18n import t
from components.i18n.console import asked_language
from components.i18n.sentence import sentence
from components.pricing.command.arguments import parse
from components.pricing.command.data import lines_to_data, to_data
from components.pricing.command.page import models_page, page, problem_lines
from components.pricing.command.scenario import asked, close_to
from components.pricing.own_rows import file_of, use_file
from components.pricing.whatif.errors import CostError
from components.pricing.whatif.figures import work_out
from components.pricing.whatif.files.csv_out import rows_csv, to_csv
from components.pricing.whatif.files.numbers import shown
from components.pricing.whatif.files.report import models_table
from components.pricing.whatif.sizes import SizesRead
from components.pricing.whatif.table import ModelLine, all_models
from components.pricing.whatif.types import Figures, Scenario

_BAD_INPUT = 2
_ROOT = Path(__file__).resolve().parents[3]


def main(
    argv: Sequence[str],
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> int:
    """0, or 2 and one sentence on stderr for what can't be worked out. stdin and stdout have
    a `buffer`, as CSV is bytes. A request that would be rejected is a figure like others: 0.
    environ: says where the owner's own models are, as it does to the app."""
    lang = asked_language(argv, "en")
    try:
        if own := file_of(environ, _ROOT):
            use_file(own)
        given = parse(argv, lang)
        if given.csv_out == "-" and given.json:
            raise CostError("command_arguments", message="--json / --csv-out -")
        scenario, sizes = asked(given, stdin)
        figures = work_out(scenario)
        lines = all_models(scenario) if given.all_models else None
        if given.csv_out:
            _write_csv(given.csv_out, scenario, figures, lines, stdout)
    except (ConfigError, CostError) as error:
        print(sentence(lang, error.code, error.data)[0], file=stderr)
        return _BAD_INPUT
    if figures.like and (close := close_to(figures.model)):
        print(t(lang, "cost.command.close", close=", ".join(close)), file=stderr)
    if given.csv_out != "-":
        stdout.write(_said(given, scenario, figures, sizes, lines, lang))
    else:
        stderr.writelines(f"{line}\n" for line in problem_lines(sizes, lang))
    return 0


def _said(
    given: Namespace,
    scenario: Scenario,
    figures: Figures,
    sizes: SizesRead,
    lines: list[ModelLine] | None,
    lang: str,
) -> str:
    if not given.json:
        text = page(scenario, figures, sizes, lang)
        return text if lines is None else f"{text}\n{models_page(scenario, lines, lang)}"
    data = to_data(scenario, figures)
    data["problems"] = [sentence(lang, error.code, error.data)[0] for error in sizes.problems]
    data["bad_rows"] = sizes.bad
    if lines is not None:
        data["models"] = lines_to_data(lines)
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _write_csv(
    name: str,
    scenario: Scenario,
    figures: Figures,
    lines: list[ModelLine] | None,
    stdout: TextIO,
) -> None:
    content = rows_csv(figures) if lines is None else to_csv(*models_table(scenario, lines, "en"))
    if name == "-":
        stdout.buffer.write(content)
        return
    try:
        Path(name).write_bytes(content)
    except (OSError, ValueError) as error:
        raise CostError("command_file", name=shown(name)) from error
