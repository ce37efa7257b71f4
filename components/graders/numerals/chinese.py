"""Numbers in Chinese: 二十三, 两百零五, 廿三, 二〇二六, 百分之二十三."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from components.graders.numerals.said import MOST, Said

_SAME = str.maketrans("萬億兩貳貮參叄陸負點〇", "万亿两贰贰叁叁陆负点零")
_DIGITS = "零一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_UNITS = "十百千万亿拾佰仟"
_ALL = f"{_DIGITS}{_UNITS}廿卅"
_RUN = re.compile(rf"(负)?([{_ALL}]{{1,40}}(?:点[{_DIGITS}]{{1,20}})?)")
_PART = re.compile(rf"(负)?([{_ALL}]{{1,20}})分之([{_ALL}]{{1,20}}(?:点[{_DIGITS}]{{1,20}})?)")
_HUNDRED = frozenset({"百", "一百", "佰", "壹佰"})
# What is counted in: a single numeral before one of these is a number.
_MEASURES = re.compile(
    r"\s?(?:千克|千瓦|公里|公斤|公分|公顷|厘米|毫米|微米|英寸|英尺|英里|毫升|美元|欧元|日元|港元|小时|分钟|秒钟|平方|立方|"
    r"[个個只隻条條张張颗顆粒块塊片本件位名人头頭匹辆輛台臺架艘座栋棟间間棵株朵枝支根把双雙对對副套组組批群队隊排行"
    r"列层層级級步次遍回场場局盘盤碗杯瓶罐盒箱包袋桶斤克吨噸米升元毛秒天周年岁歲度页頁章节篇段句种種类類项項款份顿頓"
    r"门門课道题題封笔口家幅枚串滴筐篮束捆堆户桌扇顶頂尾峰所盏盞声场根发發倍])"
)
_KILOGRAM = re.compile(r"[克瓦卡]")
_CERTAINLY = re.compile(r"分(?!钟|鐘|之|米|钱)")  # 十分 is "very"
_MANY = re.compile(r"\s?(?:多|余|餘|几|幾|来(?!自))")
_SOME = "几幾数數好上成"
_ORDINAL = re.compile(r"第\s*$|(?:星期|礼拜|禮拜|周|初|图|圖)$")
_SIGNS = re.compile(r"\s*(?:[^\w\s]|$|\n)")
_SAID = re.compile(r"(?:^|[^\w\s]|\n|[是为為有共约約答等于])\s*$")


def chinese(text: str) -> Iterator[Said]:
    """In order; figures with 万 after them are for `figures`."""
    if not re.search(f"[{_ALL}〇萬億兩]", text):
        return
    same = text.translate(_SAME)
    over = 0
    for part in islice(_PART.finditer(same), MOST):
        below, above = _value(part[2], alone=True), _value(part[3], alone=True)
        percent = part[2] in _HUNDRED
        if above is None or (not percent and not below):
            continue
        over = part.end()
        value = above if percent else above / (below or 1)
        yield Said(-value if part[1] else value, part.start(), over, percent)
    for found in islice(_RUN.finditer(same, over), MOST):
        if said := _said(same, found):
            yield said


def _said(text: str, found: re.Match[str]) -> Said | None:
    run, (start, end) = found[2], found.span()
    before = text[max(0, start - 8) : start]
    if re.search(r"\d\s?$", before) and run[0] in _UNITS:
        return None
    if _ORDINAL.search(before) or (run[0] in _UNITS and before[-1:] in tuple(_SOME)):
        return None
    if run[-1] == "千" and len(run) > 1 and _KILOGRAM.match(text, end):
        run, end = run[:-1], end - 1
    if run in ("十", "拾") and _CERTAINLY.match(text, end):
        return None
    if _MANY.match(text, end):
        return None
    measured = bool(_MEASURES.match(text, end))
    alone = bool(_SIGNS.match(text, end) and _SAID.search(before))
    if len(run) == 1 and not measured and not alone:
        return None
    value = _value(run, alone)
    if value is None:
        return None
    return Said(-value if found[1] else value, start, end, article=run == "一" and measured)


def _value(run: str, alone: bool) -> Decimal | None:
    """None for what is no number: 万 alone, 三五 beside other words."""
    if len(run) > 1 and run[0] in "百千万亿佰仟":
        return None
    if len(run) == 2 and not alone and all(c in _DIGITS and c != "零" for c in run):
        return None  # 二三 is "two or three"
    from cn2an import cn2an

    try:
        return Decimal(str(cn2an(run.replace("卅", "三十"), "smart")))
    except (ValueError, ArithmeticError, KeyError, IndexError, TypeError):
        return Decimal(100) if run in _HUNDRED else None
