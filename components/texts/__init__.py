"""What differs between two texts: lines that were read, answers next to each other.

`difference_marks` marks words (in Chinese and Japanese, characters), `compare_lines` lines and
the words in those that were replaced. Nothing is rendered here: texts come out as they went in.
"""

from components.texts.lines import LineDifference, compare_lines
from components.texts.marks import Marks, Segment, difference_marks

__all__ = ["LineDifference", "Marks", "Segment", "compare_lines", "difference_marks"]
