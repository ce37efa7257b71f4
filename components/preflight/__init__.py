"""Pre-flight: the known limits of vision models as checks, before anything is sent.

`shared_desk().facts(Picture(...))` measures a picture (its text is read off the caller's thread
and comes when it is ready), `check(facts, Asking(...))` says at once what is worth knowing, each
finding with its answer in the FAQ and, where one is possible, a fix; `fixed` carries a fix out.
`seen` and `drawing` show what the model sees. Thresholds, words and patterns are TOML files here;
tests/bench/bench_preflight.py counts what they miss and where they cry wolf. Imports pricing,
providers (the built-in reader) and what those need; nobody in the core imports this.
"""

from components.preflight.asking import Asking
from components.preflight.check import check
from components.preflight.desk import Desk, shared_desk
from components.preflight.drawing import draw_view, loupe
from components.preflight.facts import ImageFacts, Picture
from components.preflight.fixing import Fixed, fixed, keeps_original
from components.preflight.say import label, sentence
from components.preflight.types import Box, Finding, Fix, Severity
from components.preflight.view import ModelView, ViewLine, pixels, seen

__all__ = [
    "Asking",
    "Box",
    "Desk",
    "Finding",
    "Fix",
    "Fixed",
    "ImageFacts",
    "ModelView",
    "Picture",
    "Severity",
    "ViewLine",
    "check",
    "draw_view",
    "fixed",
    "keeps_original",
    "label",
    "loupe",
    "pixels",
    "seen",
    "sentence",
    "shared_desk",
]
