"""Code in colours: the classes of Pygments, with `hl-` before them."""

import re
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

PREFIX = "hl-"
CLASSES = frozenset(PREFIX + name for name in STANDARD_TYPES.values() if name)
LONGEST = 50_000  # characters that get colours
# Those that take linear time; who writes the code isn't trusted.
_NAMES = """
Bash Batchfile C C# C++ CMake CSS Dart Diff Docker Elixir Go GraphQL Groovy HTML Haskell INI JSON
JSX Java JavaScript Julia Kotlin Lua Makefile Matlab Objective-C PHP Perl PowerShell Properties
Python Ruby Rust S SCSS SQL Scala Swift TOML TSX TypeScript XML YAML Zig
"""
_COLOURED = frozenset(_NAMES.split())
_FORMATTER = HtmlFormatter(nowrap=True, classprefix=PREFIX)
_LANGUAGE = re.compile(r"[A-Za-z0-9][\w+#.-]{0,29}(?=\s|$)", re.ASCII)


def block(text: str, info: str, copy: tuple[str, str] | None) -> str:
    """A block of code under its language's name. info: what stands after a fence's marks. copy:
    the words of a button to copy it, before and after; None for none."""
    name = _LANGUAGE.match(info)
    head = f"<span>{escape(name[0])}</span>" if name else ""
    if copy:
        said, done = (escape(word) for word in copy)
        head += f'<button type="button" data-done="{done}">{said}</button>'
    head = f'<div class="head">{head}</div>' if head else ""
    lines = _coloured(text, name[0].lower() if name else "")
    return f'<div class="code" dir="ltr">{head}<pre><code>{lines}</code></pre></div>'


def _coloured(text: str, language: str) -> str:
    lexer = _lexer(language) if len(text) <= LONGEST else None
    if lexer is None:
        return escape(text, quote=False)
    made: str = highlight(text, lexer(stripnl=False, ensurenl=False), _FORMATTER)
    return made if text.endswith("\n") else made.removesuffix("\n")


@lru_cache(64)
def _lexer(language: str) -> type[Lexer] | None:
    try:
        found: type[Lexer] | None = find_lexer_class_by_name(language) if language else None
    except ClassNotFound:
        return None
    if found is None or found.name not in _COLOURED:
        return None
    return found
