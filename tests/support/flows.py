"""The pictures of docs/architecture.md, drawn from names in the code.

`python -m tests.support.flows` puts them into the document, in both languages.

tests/unit/documents/test_flows.py fails when a name no longer exists, when a step no longer names
the one that it leads to, or when a picture in the document is an old one.
"""

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.support.paths import ROOT

DOCUMENTS = {lang: ROOT / "docs" / name for lang, name in (
    ("en", "architecture.md"), ("zh", "architecture.zh.md"))}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A function, and what it does in each language. module: with dots; function: its class too."""

    module: str
    function: str
    en: str
    zh: str

    @property
    def name(self) -> str:
        """As callers write it."""
        return self.function.rpartition(".")[2]

    def found(self) -> Callable[..., Any]:
        """Raises ImportError or AttributeError where there is none."""
        return function_of(self.module, self.function)


@dataclass(frozen=True)
class Arrow:
    """From one step to another, by their keys. through: functions of the first one's module in
    between. known_as: the name under which the last of them calls the other: a callback, a method
    of a protocol. kept: what the one leaves and the other takes up; there is no call then.
    """

    start: str
    end: str
    through: tuple[str, ...] = ()
    known_as: str = ""
    kept: str = ""


@dataclass(frozen=True)
class Flow:
    steps: dict[str, Step]
    arrows: tuple[Arrow, ...]


_ZONE = "components.ui.streamlit_seam.drop_zone"
_TRAY = "components.ui.chat.attachments.tray"
_SENDING = "components.ui.chat.sending"
_TURN = "components.chat.turn"
_REQUEST = "components.chat.request"
_POOL = "components.images.pool"
_RUNNER = "components.runner.runner"
_WRITER = "components.runner.result_writer"
_ENDPOINT = "components.providers.openai_compatible"
_CALL = "components.providers.http_call"
_STORE = "db.conversations.conversations"
_WHATIF = "components.pricing.whatif"

IMAGE = Flow(
    {
        "came": Step(_ZONE, "_came", "files, from the browser's queue", "文件，来自浏览器的队列"),
        "tray": Step(_TRAY, "_uploaded", "the tray is given them", "交给图片栏"),
        "add": Step(_TRAY, "add", "what fits, in threads", "放得下的，在线程里"),
        "take_in": Step("components.chat.draft", "take_in", "a draft image", "成为草稿图片"),
        "inspect": Step(
            "components.images.formats.scan",
            "inspect_image",
            "headers only; traps are refused",
            "只读文件头；有诈的拒收",
        ),
        "ready": Step(
            "components.ui.chat.callbacks",
            "get_ready",
            "the page is drawn: what Enter sends",
            "页面画好：回车会发什么",
        ),
        "enter": Step(
            "components.ui.chat.ahead",
            "Ahead.ask",
            "Enter: the request that asks, ahead of the page",
            "回车：请求先发，不等页面",
        ),
        "send": Step(_SENDING, "Sender.follow_up", "endpoint and model", "接口和模型"),
        "ask": Step(_TURN, "ask", "one question, in order", "一个问题，按顺序"),
        "draft": Step(_REQUEST, "prepare_draft", "each image, for this model", "为这个模型准备"),
        "pool": Step(_POOL, "ImagePool.prepare", "never twice the same", "相同的只做一次"),
        "target": Step(
            "components.images.geometry",
            "target_size",
            "the size that the model sees",
            "模型看到的大小",
        ),
        "prepare": Step(
            "components.images.prepare",
            "prepare_to",
            "upright, sRGB, without metadata, that size",
            "转正、sRGB、去元数据、缩到这个大小",
        ),
        "parts": Step(_REQUEST, "draft_parts", "parts of a message", "消息的一部分"),
        "job": Step(
            "components.chat.running.job",
            "Job.prepare",
            "client and request, on the runner's loop",
            "客户端和请求，在执行器的事件循环里",
        ),
        "stream": Step(_ENDPOINT, "OpenAICompatible.stream", "one endpoint", "一个接口"),
        "payload": Step(
            "components.providers.payload",
            "payload",
            "the body, without what the model refuses",
            "请求正文，不含模型拒收的参数",
        ),
        "post": Step(_CALL, "_post", "the request leaves", "请求发出"),
    },
    (
        Arrow("came", "tray", known_as="take"),
        Arrow("tray", "add"),
        Arrow("add", "take_in"),
        Arrow("take_in", "inspect"),
        Arrow("add", "ready", kept="draft"),
        Arrow("ready", "enter", known_as="Ahead"),
        Arrow("enter", "send"),
        Arrow("send", "ask", through=("Sender._ask",)),
        Arrow("ask", "draft"),
        Arrow("draft", "pool"),
        Arrow("pool", "target"),
        Arrow("pool", "prepare"),
        Arrow("ask", "parts"),
        Arrow("ask", "job", kept="request"),
        Arrow("job", "stream", kept="request"),
        Arrow("stream", "payload"),
        Arrow("stream", "post", through=("OpenAICompatible._adapting",), known_as="exchange"),
    ),
)

ANSWER = Flow(
    {
        "send": Step(_SENDING, "Sender.follow_up", "a question is asked", "提出问题"),
        "ask": Step(_TURN, "ask", "prepared, estimated, checked", "准备、估算、检查"),
        "submit": Step(
            "components.chat.running.answers",
            "Answers.submit",
            "one answer to a conversation; its money is reserved",
            "一个对话同时一个回答；预留费用",
        ),
        "runner": Step(
            _RUNNER, "Runner.ask", "to the loop: it leaves now", "交给事件循环：立刻发出"
        ),
        "task": Step(_RUNNER, "Runner._begin", "a task on the loop", "循环里的一个任务"),
        "attempts": Step(
            "components.runner.attempts", "ask", "tried again where it helps", "值得时再试"
        ),
        "stream": Step(
            _ENDPOINT, "OpenAICompatible.stream", "events, or one error", "事件，或一个错误"
        ),
        "exchange": Step(_CALL, "exchange", "sent once, read packet by packet", "发一次，逐包读取"),
        "add": Step("components.runner.run", "Run.add", "more text, at a pace", "新文字，按节奏"),
        "change": Step("components.runner.run", "Run.change", "readers are woken", "唤醒读者"),
        "wait": Step(
            "components.runner.run", "Run.wait_for", "until there is more", "等到有新内容"
        ),
        "read": Step(
            "components.chat.running.job", "Job.wait", "in the page's thread", "在页面的线程里"
        ),
        "look": Step(
            "components.ui.chat.transcript", "Growing.look", "what is new is drawn", "画出新的部分"
        ),
        "begin": Step(_WRITER, "ResultWriter.begin", "returns when it is kept", "存好才返回"),
        "begin_turn": Step(_STORE, "Conversations.begin_turn", "one transaction", "一个事务"),
        "ended": Step(_RUNNER, "Runner._ended", "whatever the end was", "无论怎样结束"),
        "end": Step(_WRITER, "ResultWriter.end", "never before the beginning", "绝不早于开头"),
        "work": Step(_WRITER, "ResultWriter._end", "in the writer's thread", "在写入线程里"),
        "settle": Step(
            "components.runner.finalize",
            "settle",
            "the bill, or our own count",
            "账单，或自己的计数",
        ),
        "pay": Step(
            "components.spending.budget",
            "Budget.settle",
            "the bill replaces what was reserved",
            "账单取代预留",
        ),
        "write": Step("components.chat.running.job", "Job.write_end", "to the store", "写进存储"),
        "finish": Step(_STORE, "Conversations.finish", "the first call counts", "只认第一次"),
    },
    (
        Arrow("send", "ask", through=("Sender._ask",)),
        Arrow("ask", "submit"),
        Arrow("submit", "runner"),
        Arrow("runner", "task", through=("Runner._queue",)),
        Arrow("task", "attempts"),
        Arrow("attempts", "stream", through=("_try",)),
        Arrow("stream", "exchange", through=("OpenAICompatible._adapting",)),
        Arrow("attempts", "add", through=("_try",)),
        Arrow("add", "change", through=("Run._show",)),
        Arrow("change", "wait", kept="_changed"),
        Arrow("look", "read", known_as="wait"),
        Arrow("read", "wait"),
        Arrow("submit", "begin"),
        Arrow("submit", "begin_turn"),
        Arrow("task", "ended"),
        Arrow("ended", "end"),
        Arrow("end", "work"),
        Arrow("work", "settle", through=("_settled",)),
        Arrow("work", "pay", through=("ResultWriter._pay",)),
        Arrow("work", "write"),
        Arrow("write", "finish"),
    ),
)

MONEY = Flow(
    {
        "page": Step("components.ui.cost.view", "_figures", "the page", "页面"),
        "command": Step("components.pricing.command.main", "main", "the command", "命令行"),
        "shared": Step("components.sharing.scenario", "scenario", "a shared link", "分享的链接"),
        "work_out": Step(f"{_WHATIF}.figures", "work_out", "one for all of them", "大家共用一个"),
        "brief": Step(f"{_WHATIF}.figures", "brief", "a scenario, a model", "一个方案，一个模型"),
        "images": Step(
            f"{_WHATIF}.request_totals", "Asked.images", "each size once", "每种大小一次"
        ),
        "image": Step(f"{_WHATIF}.counts", "Counts.image", "remembered by rule", "按规则记住"),
        "count": Step(
            "components.tokens.images",
            "count_image_tokens",
            "tokens; or rejected, or unknown",
            "token 数；或拒收，或未知",
        ),
        "find": Step(
            "components.models.catalogue",
            "find_model",
            "catalogue.toml: its rule",
            "catalogue.toml：哪条规则",
        ),
        "rules": Step(
            "components.tokens.rules", "rules", "rules.toml: its numbers", "rules.toml：数字"
        ),
        "tile": Step(
            "components.tokens.kinds.tile", "TileRule.count", "one of the kinds", "其中一种算法"
        ),
        "price": Step(
            "components.pricing.price_lookup",
            "price_of",
            "at that time; None if nobody knows",
            "当时的价格；不知道就是 None",
        ),
        "overrides": Step(
            "components.pricing.overrides", "overrides", "overrides.toml", "overrides.toml"
        ),
        "library": Step(
            "components.pricing.library",
            "library_price",
            "genai-prices, offline",
            "离线的 genai-prices",
        ),
        "turns": Step(f"{_WHATIF}.turns", "conversation", "each request of it", "每次请求"),
        "money": Step(f"{_WHATIF}.money", "request_money", "Decimal, by parts", "Decimal，分项"),
    },
    (
        Arrow("page", "work_out"),
        Arrow("command", "work_out"),
        Arrow("shared", "work_out"),
        Arrow("work_out", "brief"),
        Arrow("brief", "images"),
        Arrow("images", "image", through=("_sum",)),
        Arrow("image", "count"),
        Arrow("count", "find"),
        Arrow("count", "rules"),
        Arrow("count", "tile"),
        Arrow("brief", "price"),
        Arrow("price", "overrides"),
        Arrow("price", "library", through=("_price", "_listed")),
        Arrow("brief", "turns"),
        Arrow("turns", "money"),
    ),
)

FLOWS = {"image": IMAGE, "answer": ANSWER, "money": MONEY}


@cache
def function_of(module: str, path: str) -> Callable[..., Any]:
    """The function itself, without what decorates it; of a block of a page what draws it. Raises
    ImportError, AttributeError."""
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return inspect.unwrap(getattr(found, "draw", found))  # type: ignore[no-any-return]


def written(module: str, path: str) -> ast.AST:
    """The function as it is written."""
    return ast.parse(textwrap.dedent(inspect.getsource(function_of(module, path))))


@cache
def named_in(module: str, path: str) -> frozenset[str]:
    """Every name, attribute and argument in a function."""
    nodes = list(ast.walk(written(module, path)))
    return frozenset(
        plain_names(module, path)
        | {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        | {node.arg for node in nodes if isinstance(node, ast.arg)}
    )


@cache
def plain_names(module: str, path: str) -> frozenset[str]:
    """Those that stand alone, which the function's module or the function itself knows."""
    nodes = ast.walk(written(module, path))
    return frozenset(node.id for node in nodes if isinstance(node, ast.Name))


def mermaid(flow: Flow, lang: str) -> str:
    """The picture as a block of Markdown."""
    lines = ["```mermaid", "flowchart TD"]
    for key, step in flow.steps.items():
        said = step.zh if lang == "zh" else step.en
        lines.append(f'    {key}_["<b>{step.function}</b><br>{step.module}<br><i>{said}</i>"]')
    for arrow in flow.arrows:
        line = "-.->" if arrow.kept else "-->"
        lines.append(f"    {arrow.start}_ {line} {arrow.end}_")
    return "\n".join([*lines, "```"])


def drawn(text: str, lang: str) -> str:
    """The document with today's pictures. Raises ValueError where it has no place for one."""
    for name, flow in FLOWS.items():
        place = re.compile(rf"(<!-- flow: {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
        picture = mermaid(flow, lang)
        text, found = place.subn(lambda m, p=picture: f"{m[1]}{p}{m[2]}", text)  # type: ignore[misc]
        if found != 1:
            raise ValueError(f"{name}: {found} places")
    return text


def main() -> None:
    for lang, path in DOCUMENTS.items():
        path.write_text(drawn(path.read_text("utf-8"), lang), "utf-8")


if __name__ == "__main__":
    main()
