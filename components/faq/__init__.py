"""Questions and answers, in Chinese and English, and a search over both.

en/<group>.md and zh/<group>.md hold the words: `## Question {#slug}`, then the answer, with
figures that are worked out when they are read (figures.py). index/<group>.toml holds what no
language changes: when an answer was checked, its sources, related ones, a live piece, words to
find it by, older slugs. sources.toml names the sources, dates.toml has days that are no
model's, top.toml the questions that come first.
"""

from components.faq.content import faq, find, groups, top
from components.faq.search import search
from components.faq.types import Answer, Group, Hit, Source

__all__ = ["Answer", "Group", "Hit", "Source", "faq", "find", "groups", "search", "top"]
