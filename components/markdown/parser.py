"""Markdown as models write it: CommonMark with tables, strikethrough, task lists and formulas.

Without HTML, and without images: each is a link to it, which loads when it is followed.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from components.markdown import address, code, formula
from components.markdown.emphasis import opens_closes
from components.markdown.fences import nested_fences
from components.markdown.tables import tables

_DEEPEST = 20  # quotes in one another, or half as many lists; what is deeper is text
_DIRECTED = frozenset(
    f"{kind}_open"
    for kind in (
        *("paragraph", "heading", "bullet_list", "ordered_list", "list_item", "blockquote"),
        *("th", "td"),
    )
)
_TASK = re.compile(r"\[([ xX])\][ \n]")


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        char, end = self.src[start], start
        while end < self.posMax and self.src[end] == char:
            end += 1
        return Scanned(*opens_closes(self.src, start, end, self.posMax), end - start)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def parser() -> MarkdownIt:
    """One for all answers: it keeps nothing of what it reads.

    env: "copy", see code.block; "growing", see fences and formula; "as_written": images and
    addresses without brackets stay text.
    """
    md = MarkdownIt()
    md.inline = _Inline()
    md.configure("commonmark", {"html": False, "maxNesting": _DEEPEST + 4})
    md.enable("strikethrough")
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # see _link
    tables(md)
    nested_fences(md)
    formula.formulas(md)
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.inline.ruler.before("escape", "bare_address", _bare_address)
    md.core.ruler.push("finish", _finish)
    for kind, rule in _RENDERED.items():
        md.add_render_rule(kind, rule)
    return md


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < _DEEPEST or silent:
        return False
    state.push("paragraph_open", "p", 1)
    token = state.push("text_as_written", "", 0)
    token.content = state.getLines(start, end, state.blkIndent, False).strip()
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    if silent or state.src[state.pos] != ":" or state.linkLevel or state.env.get("as_written"):
        return False
    before = address.scheme_before(state.src, state.pos)
    found = address.bare(state.src, state.pos - before, state.posMax) if before else ""
    if len(found) <= before + 3 or not state.pending.endswith(found[:before]):
        return False
    state.pending = state.pending[:-before]
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": state.md.normalizeLink(found)}
    state.push("text", "", 0).content = found
    state.push("link_close", "a", -1)
    state.pos += len(found) - before
    return True


def _finish(state: StateCore) -> None:
    """Directions, levels and sides, in this page's terms."""
    for number, token in enumerate(state.tokens):
        token.block = False  # no line breaks between elements
        if token.type in _DIRECTED:
            token.attrSet("dir", "auto")
        if token.type in ("heading_open", "heading_close"):  # the page has levels of its own above
            token.tag = f"h{min(6, 3 + int(token.tag[1]))}"
        if side := token.attrs.pop("style", None):
            token.attrSet("align", str(side).removeprefix("text-align:"))
        if token.type == "inline":
            _links(token.children or [])
            if number > 1 and state.tokens[number - 2].type == "list_item_open":
                _task(state.tokens[number - 2], token)


def _task(item: Token, token: Token) -> None:
    found = _TASK.match(token.content)
    first = token.children[0] if token.children else None
    if found and first and first.type == "text" and first.content.startswith(found[0].rstrip("\n")):
        first.content = ("☐ " if found[1] == " " else "☑ ") + first.content[4:]
        item.attrSet("class", "task")


def _links(tokens: list[Token]) -> None:
    """A link that leads where it may not is text again."""
    refused: list[str | None] = []
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrs["href"])
            refused.append(None if address.is_kept(href) else address.shortened(href))
            if refused[-1] is not None:
                _as_text(token, "<" if token.info == "auto" else "[")
            elif href[0] != "#":
                token.attrSet("target", "_blank")
        elif token.type == "link_close" and (to := refused.pop()) is not None:
            _as_text(token, ">" if token.info == "auto" else f"]({to})")
        elif token.type == "image":
            token.meta["linked"] = bool(refused)
        elif token.type == "text" and refused and refused[-1] is not None:
            token.content = address.shortened(token.content)


def _as_text(token: Token, content: str) -> None:
    token.type, token.tag, token.nesting, token.content = "text", "", 0, content


def _code(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    token = tokens[at]
    return code.block(token.content.removesuffix("\n"), token.info, env.get("copy"))


def _span(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    return f'<code dir="ltr">{escape(tokens[at].content, quote=False)}</code>'


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    token = tokens[at]
    source = str(token.attrs["src"])
    shown = renderer.renderInlineAsText(token.children or [], options, env)
    if env.get("as_written"):
        return escape(f"![{shown}]({address.shortened(source)})")
    shown = escape(shown.strip() or address.shortened(source))
    if token.meta.get("linked"):
        return f"🖼 {shown}"
    if not address.is_kept(source):
        return f"🖼 {shown} (<code>{escape(address.shortened(source))}</code>)"
    return f'🖼 <a href="{escape(source)}" target="_blank">{shown}</a>'


def _formula(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    token = tokens[at]
    if token.type == "math_inline":
        return formula.mathml(token.content, display=token.info == "display")
    return f'<div class="wide">{formula.mathml(token.content, display=True)}</div>'


def _as_written(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    return escape(tokens[at].content).replace("\n", "<br>")


def _fixed(html: str) -> Any:
    def rule(
        renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
    ) -> str:
        return html

    return rule


_RENDERED: dict[str, Any] = {
    "fence": _code,
    "code_block": _code,
    "code_inline": _span,
    "image": _image,
    "math_inline": _formula,
    "math_block": _formula,
    "text_as_written": _as_written,
    "softbreak": _fixed("<br>"),
    "hardbreak": _fixed("<br>"),
    "table_open": _fixed('<div class="wide"><table>'),
    "table_close": _fixed("</table></div>"),
}
