"""How much the calculator takes. Sides, rows and counts: see types.py."""

from decimal import Decimal

from components.pricing.whatif.types import MAX_TURNS

MAX_TYPED = 200_000  # characters of sizes typed or pasted
MAX_CSV_MEGABYTES = 16
MAX_NAME = 200  # characters of a row's name
PROBLEMS_KEPT = 20  # of rows that can't be read; the others are counted

# What one link holds: browsers take more, chat programs and mail cut sooner.
MAX_LINK_SIZES = 100
MAX_LINK_CHARACTERS = 2_000
MAX_LINK_READ = 20_000
MAX_MODEL_CHARACTERS = 128

# The least and the most of each number of a scenario.
TOKENS = (0, 10_000_000)
ANSWER = (0, 10_000_000)
RENDERS = (1, MAX_TURNS)
CALLS = (0, 100_000_000)
DAYS = (1, 366)
RATE = (Decimal("0.000001"), Decimal(1_000_000_000))
