"""Where things lie. Tests that use SHARED leave themselves out where it isn't there."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared"
