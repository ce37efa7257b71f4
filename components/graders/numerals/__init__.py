"""The numbers that a text says, in figures, Chinese and English."""

from components.graders.numerals.reading import chosen, number_alone, read
from components.graders.numerals.said import Said

__all__ = ["Said", "chosen", "number_alone", "read"]
