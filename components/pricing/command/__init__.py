"""The calculator on the command line: the same figures as on its page.

python -m components.pricing --model gpt-4o --size 2048x4096 --detail high --json
"""

from components.pricing.command.main import main

__all__ = ["main"]
