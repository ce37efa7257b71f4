"""The ways of counting, one module each. A rule is a dataclass whose fields come from TOML."""

from components.tokens.kinds.base import Count, ImageRule, Note, Size
from components.tokens.kinds.claude import ClaudeRule
from components.tokens.kinds.fixed import FixedRule
from components.tokens.kinds.gemini import GeminiTilesRule
from components.tokens.kinds.llava import LlavaNextRule
from components.tokens.kinds.patch import PatchRule
from components.tokens.kinds.qwen import QwenRule
from components.tokens.kinds.tile import TileRule

KINDS: dict[str, type[ImageRule]] = {
    "tile": TileRule,
    "patch": PatchRule,
    "claude": ClaudeRule,
    "gemini_tiles": GeminiTilesRule,
    "qwen": QwenRule,
    "llava_next": LlavaNextRule,
    "fixed": FixedRule,
}

__all__ = ["KINDS", "Count", "ImageRule", "Note", "Size"]
