"""JUnit XML: a suite for each setting, a test for each try of each case."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from components.cases.report.report import Report
from components.cases.report.words import answered_by, setting_name, why
from components.cases.results import CaseResult, ColumnResult, Kind
from components.cases.store.runs import Answer
from components.compare.export.formatting import failure
from components.i18n import t
from components.text import mended

_FAILED: tuple[Kind, ...] = ("wrong", "unsure", "refused", "other")
_SKIPPED: tuple[Kind, ...] = ("stopped", "unasked")


def report_junit(report: Report, lang: str) -> Iterator[bytes]:
    """failure: not right, in the grader's sentence; error: of the endpoint; skipped: not asked."""
    root = ET.Element("testsuites", name=mended(report.run.name))
    for column in report.columns:
        root.append(_suite(report, column, lang))
    yield b'<?xml version="1.0" encoding="utf-8"?>\n'
    yield ET.tostring(root, encoding="utf-8")


def _suite(report: Report, column: ColumnResult, lang: str) -> ET.Element:
    kinds = column.kinds
    name = mended(f"{report.run.name} · {setting_name(lang, column.setting)}")
    suite = ET.Element(
        "testsuite",
        name=name,
        tests=str(sum(kinds.values())),
        failures=str(sum(kinds[kind] for kind in _FAILED)),
        errors=str(kinds["error"]),
        skipped=str(sum(kinds[kind] for kind in _SKIPPED)),
        timestamp=report.run.created_at.isoformat(timespec="seconds"),
    )
    for case in column.cases:
        for answer, kind in zip(case.answers, case.kinds, strict=True):
            suite.append(_test(name, case, answer, kind, column, lang))
    return suite


def _test(
    suite: str, case: CaseResult, answer: Answer, kind: Kind, column: ColumnResult, lang: str
) -> ET.Element:
    ms = answer.result.ms_total if answer.result else None
    test = ET.Element(
        "testcase",
        classname=suite,
        name=mended(f"{case.id} #{answer.repeat}"),
        time=f"{(ms or 0) / 1000:.3f}",
    )
    if kind in _FAILED:
        other = answered_by(answer, column.setting)
        said = t(lang, "cases.out.other", model=other) if other else why(lang, answer)
        failed = ET.SubElement(test, "failure", message=mended(said), type=kind)
        failed.text = mended(answer.text)
    elif kind == "error":
        said = failure(answer.result, lang)
        code = (answer.result.code if answer.result else None) or "error"
        ET.SubElement(test, "error", message=mended(said), type=mended(code))
    elif kind in _SKIPPED:
        ET.SubElement(test, "skipped", message=t(lang, f"cases.kind.{kind}"))
    return test
