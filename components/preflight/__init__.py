"""Pre-flight: the known limits of vision models as checks, before anything is sent.

`shared_analyzer().facts(ImageToCheck(...))` measures a picture (its text is read off the caller's
thread and comes when it is ready), `check(facts, PlannedRequest(...))` says at once what is worth
knowing, each finding with its answer in the FAQ and, where one is possible, a fix; `fixed` carries
a fix out. `seen` and `drawing` show what the model sees. Thresholds, words and patterns are TOML
files here; tests/bench/bench_preflight.py counts what they miss and where they cry wolf. Imports
pricing, providers (the built-in reader) and what those need; nobody in the core imports this.
"""

from components.preflight.check import check
from components.preflight.drawing import draw_view, loupe
from components.preflight.fixing import Fixed, fixed, keeps_original
from components.preflight.image_analyzer import ImageAnalyzer, shared_analyzer
from components.preflight.image_facts import ImageFacts, ImageToCheck
from components.preflight.planned_request import PlannedRequest
from components.preflight.types import Box, Finding, Fix, Severity
from components.preflight.view import ModelView, ViewLine, pixels, seen
from components.preflight.wording import by_kind, label, merged, sentence

__all__ = [
    "Box",
    "Finding",
    "Fix",
    "Fixed",
    "ImageAnalyzer",
    "ImageFacts",
    "ImageToCheck",
    "ModelView",
    "PlannedRequest",
    "Severity",
    "ViewLine",
    "by_kind",
    "check",
    "draw_view",
    "fixed",
    "keeps_original",
    "label",
    "loupe",
    "merged",
    "pixels",
    "seen",
    "sentence",
    "shared_analyzer",
]
